"""Follows the event spool of a site and keeps its tables up to it."""
