"""The command line's part of peer review."""
