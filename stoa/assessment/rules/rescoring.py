"""What a changed answer key does to scores that learners already have."""

from enum import StrEnum


class Lowering(StrEnum):
    """Whether a rescoring may take points away."""

    NEVER = "never"
    """A score that was too high stays."""
    ANNOUNCED = "announced"
    """It is lowered; the learner sees the reason beside the score."""


def rescored(*, before: float, after: float, lowering: Lowering) -> float:
    """The share that counts from now on."""
    return after if lowering is Lowering.ANNOUNCED else max(before, after)
