"""What is wrong with an answer before it is scored: it costs no attempt, and the learner is told what to do."""

from enum import StrEnum


class Fault(StrEnum):
    """Why an answer can't be taken as it stands."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    UNKNOWN_CHOICE = "unknown choice"
    ONE_ONLY = "one only"
    UNREADABLE = "unreadable"
    """Not arithmetic at all."""
    UNBALANCED = "unbalanced"
    """A bracket without its partner."""
    UNKNOWN_NAME = "unknown name"
    """A word that is no function or constant."""
    MISSING_SIGN = "missing sign"
    """Two values side by side: `2pi` may mean several things after a division."""
    EITHER_COMMA = "either comma"
    """`1,234` is a thousand in one country and one in another."""
    UNDEFINED = "undefined"
    """Division by zero, the logarithm of nothing."""
    TOO_LARGE = "too large"
    NOT_REAL = "not real"
    """A complex number where a range is asked for."""
