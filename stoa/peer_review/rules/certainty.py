"""Who needs another review: how much it would tell, when a score is known well enough, when staff should look."""

from math import erf, sqrt

ENOUGH_HALF_WIDTH = 8.0
"""Points on either side of a score at which it is known well enough."""
MOST_REVIEWS = 6
_WIDE_HALF_WIDTH, _REVIEWS_BEFORE_STAFF = 15.0, 5
_APART, _PAIR = 35.0, 2
_OPEN = (0.1, 0.9)


def gain(*, score_variance: float, noise_variance: float, bias_variance: float) -> float:
    """The points squared by which one more review by this reviewer would lower the score's variance."""
    total = score_variance + noise_variance + bias_variance
    return score_variance**2 / total if total > 0 else 0.0


def passing(*, score: float, variance: float, line: float) -> float:
    """The probability that the work deserves the pass line or more."""
    if variance <= 0:
        return float(score >= line)
    return 0.5 * (1.0 + erf((score - line) / sqrt(2.0 * variance)))


def near_line(*, score: float, variance: float, line: float) -> bool:
    """True where it is open whether the work passes: one more review may decide."""
    return _OPEN[0] <= passing(score=score, variance=variance, line=line) <= _OPEN[1]


def well_known(*, half_width: float, reviews: int) -> bool:
    """True where no further review is asked for."""
    return half_width <= ENOUGH_HALF_WIDTH or reviews >= MOST_REVIEWS


def wants_staff(*, half_width: float, points: tuple[float, ...]) -> bool:
    """True where peers can't settle it: still wide after five reviews, or two reviews far apart and no third."""
    if len(points) >= _REVIEWS_BEFORE_STAFF and half_width > _WIDE_HALF_WIDTH:
        return True
    return len(points) == _PAIR and abs(points[0] - points[1]) > _APART
