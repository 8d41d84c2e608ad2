"""Answers questions of pages from a snapshot."""
