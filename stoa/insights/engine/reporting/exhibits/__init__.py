"""The questions of a report, one module a subject."""
