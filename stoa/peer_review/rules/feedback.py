"""What authors say of comments, what reviewers learn of their own marking, and what reviewing well earns."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from stoa.peer_review.rules.scoring.values import Reviewer

# Beta(4, 2): before anybody rated them, comments are two thirds helpful.
_GOOD, _POOR = 4.0, 2.0
_MOST = 5
_TELLING = 1.0
_REVIEWS_TO_TELL = 3
_ENOUGH_REVIEWS, _STEADY, _HELPFUL = 5, 0.85, 0.75
_CLEARLY = 2.0
GRADE_SHARE = 0.10
"""The most of a course's points that reviewing well may earn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """What an author says of a review's comments before seeing any mark: each 1 to 5."""

    helpful: int
    specific: int
    respectful: int

    @property
    def share(self) -> float:
        """The three together, 0 to 1."""
        return (self.helpful + self.specific + self.respectful - 3) / (3 * (_MOST - 1))


def helpfulness(ratings: Sequence[Rating]) -> float:
    """How helpful a reviewer's comments are, 0 to 1, drawn to two thirds while there are few ratings.

    One angry author moves it little, and nobody sees a single rating.
    """
    return (_GOOD + sum(rating.share for rating in ratings)) / (_GOOD + _POOR + len(ratings))


class Leaning(StrEnum):
    """How somebody marks, compared with what the work is believed to deserve."""

    UNKNOWN = "unknown"
    HIGH = "high"
    LOW = "low"
    EVEN = "even"


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """What a reviewer reads of their own marking: which way it leans, by how many points of 100, give or take."""

    leaning: Leaning
    points: float
    give_or_take: float


def calibration(reviewer: Reviewer) -> Calibration:
    """Say which way somebody marks; nothing while it could be chance."""
    deviation = sqrt(reviewer.bias_variance)
    if reviewer.reviews < _REVIEWS_TO_TELL:
        leaning = Leaning.UNKNOWN
    elif abs(reviewer.bias) < max(_CLEARLY, _TELLING * deviation):
        leaning = Leaning.EVEN
    else:
        leaning = Leaning.HIGH if reviewer.bias > 0 else Leaning.LOW
    return Calibration(leaning=leaning, points=round(abs(reviewer.bias)), give_or_take=round(deviation))


def is_steady(reviewer: Reviewer, *, usual_noise_sd: float) -> bool:
    """True for somebody whose marks scatter clearly less than usual, by several reviews."""
    enough = reviewer.reviews >= _REVIEWS_TO_TELL
    return enough and sqrt(reviewer.noise_variance) <= _STEADY * usual_noise_sd


class Badge(StrEnum):
    """What a course says of a reviewer in public."""

    NONE = "none"
    HELPFUL = "helpful"
    STEADY = "steady"
    TRUSTED = "trusted"


def badge(reviewer: Reviewer, ratings: Sequence[Rating], *, usual_noise_sd: float) -> Badge:
    """Helpful by authors' ratings, steady by marks that scatter less than usual, trusted by both.

    Marking high or low costs nothing: the score corrects it.
    """
    if reviewer.reviews < _ENOUGH_REVIEWS:
        return Badge.NONE
    steady = is_steady(reviewer, usual_noise_sd=usual_noise_sd)
    helpful = len(ratings) >= _REVIEWS_TO_TELL and helpfulness(ratings) >= _HELPFUL
    if steady and helpful:
        return Badge.TRUSTED
    if helpful:
        return Badge.HELPFUL
    return Badge.STEADY if steady else Badge.NONE


def reviewing_share(*, given: int, asked: int, helpful: float, on_examples: float | None) -> float:
    """What reviewing earns, 0 to GRADE_SHARE of a course's points.

    Args:
        given: Reviews that earned credit.
        asked: Reviews asked for.
        helpful: Helpfulness, 0 to 1.
        on_examples: Agreement with instructors on example work, 0 to 1; None where there are no examples. Agreement
            with the crowd earns nothing: who differs may be right.
    """
    if asked <= 0:
        return 0.0
    quality = helpful if on_examples is None else (helpful + on_examples) / 2.0
    return GRADE_SHARE * min(given / asked, 1.0) * min(max(quality, 0.0), 1.0)
