"""What a file is that can't be opened."""


class Unreadable(Exception):
    """The file can't be opened, or holds what no reader should open. Its words say what to do."""
