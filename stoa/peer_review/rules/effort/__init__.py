"""Was a review done with care? Evidence from behaviour, never from disagreement alone; it weighs, it doesn't void."""
