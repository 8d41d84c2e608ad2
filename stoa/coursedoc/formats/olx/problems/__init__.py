"""Problems: one element with one or more responses becomes one quiz with parts."""
