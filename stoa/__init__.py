"""Stoa: courses with peers, for everyone."""

__version__ = "0.1.0"
