"""What the answers of many learners say of a question.

Facility is the mean share of its points that first attempts earned; discrimination the correlation of that share
with what the same attempts earned at the rest of the quiz. Source: classical test theory.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

FEWEST = 10
"""With fewer first attempts nothing is said: chance would speak."""
HARD, EASY = 0.2, 0.95
SURE = 2
"""Standard errors below zero (1 / square root of the attempts each) from which a correlation is no chance."""


class Remark(StrEnum):
    """What the course team should look at."""

    NONE = ""
    FEW = "few"
    """Too few first attempts to say anything."""
    AGAINST = "against"
    """Who does well elsewhere in the quiz misses this one: its key may be wrong, or its words may mislead."""
    HARD = "hard"
    EASY = "easy"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """First attempts at a question: how many, their mean share, and how that goes with the rest of the quiz."""

    attempts: int
    facility: float
    discrimination: float | None = None
    """None where the quiz has no other question, or all answered alike."""


def remark(facts: Facts) -> Remark:
    """The one thing that is most worth a look."""
    if facts.attempts < FEWEST:
        return Remark.FEW
    if facts.discrimination is not None and facts.discrimination < -SURE / sqrt(facts.attempts):
        return Remark.AGAINST
    if facts.facility < HARD:
        return Remark.HARD
    return Remark.EASY if facts.facility > EASY else Remark.NONE
