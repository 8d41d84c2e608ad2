"""What can go wrong when Stoa starts."""


class CannotStart(Exception):
    """Stoa can't start; the message says why and what to do."""
