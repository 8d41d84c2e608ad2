"""The hand-in part of an assignment, as pages show it."""
