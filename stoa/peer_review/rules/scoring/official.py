"""The official score: half way between the likeliest truth and what the reviewers say, with a 90 % interval."""

from dataclasses import dataclass

import numpy as np

from stoa.peer_review.rules.scoring.doubts import Doubts
from stoa.peer_review.rules.scoring.marks import Anchors, Floats, Ints, totals
from stoa.peer_review.rules.scoring.posterior import Messages, Normal, Posterior
from stoa.peer_review.rules.scoring.values import FULL, Assumptions

NINETY = 1.6448536269514722
# Beyond so many deviations a mark's pull grows three tenths as fast (after Huber 1964): one hostile mark of three can't
# drag a score to itself. It must grow: the posterior forgets far marks, and a higher mark may never lower a score.
_HUBER, _BEYOND = 1.5, 0.3
_ROUNDS = 12
_TINY = 1e-12


@dataclass(frozen=True, kw_only=True)
class Peers:
    """What the reviewers say without any prior: points (U,), and each mark's share of that (M,)."""

    points: Floats
    share: Floats


@dataclass(frozen=True, kw_only=True)
class Official:
    """Scores and the ends of their intervals, in points (U,)."""

    score: Floats
    low: Floats
    high: Floats


def peers(messages: Messages, staff: Normal, otherwise: Floats) -> Peers:
    """The precision-weighted mean of corrected marks and staff's, robustly; what nobody marked gets `otherwise`."""
    count = len(otherwise)
    precision = messages.weight / messages.scale
    shared = precision
    points = _mean(messages, shared, staff, otherwise)
    for _ in range(_ROUNDS):
        off = np.abs(messages.centre - points[messages.submission]) / np.sqrt(messages.scale)
        shared = precision * (_BEYOND + (1.0 - _BEYOND) * np.minimum(1.0, _HUBER / np.maximum(off, _TINY)))
        points = _mean(messages, shared, staff, otherwise)
    total = totals(messages.submission, shared, count) + staff.precision
    return Peers(points=np.clip(points, 0.0, FULL), share=shared / np.maximum(total[messages.submission], _TINY))


def official(likeliest: Posterior, said: Peers, *, widening: float, doubts: Doubts) -> Official:
    """Shrunk half as far as the posterior mean, which is best on average but costs the best work most."""
    score = (likeliest.mean + said.points) / 2.0
    half = NINETY * np.sqrt(widening**2 * (likeliest.variance + doubts.own) + doubts.shared)
    return Official(score=score, low=np.clip(score - half, 0.0, FULL), high=np.clip(score + half, 0.0, FULL))


def widening(anchors: Anchors, blind: Floats, variance: Floats, assumed: Assumptions) -> float:
    """How many times too narrow intervals are, by the anchors: scores blind to staff's points against those points.

    Args:
        anchors: Staff's points.
        blind: Scores without staff's points, at the teaching anchors (A,).
        variance: Their variances (A,).
        assumed: The factor to start from, and how many anchors it is worth.
    """
    if len(anchors.teaching) < assumed.anchors_needed:
        return assumed.widening
    off = (blind - anchors.mean[anchors.teaching]) ** 2 / (variance + assumed.anchor_sd**2)
    worth = assumed.widening_anchors
    return float(np.sqrt((worth * assumed.widening**2 + float(np.sum(off))) / (worth + len(off))))


def at_places(messages: Messages, places: Ints, count: int) -> Messages:
    """Only what is said about these submissions (sorted), numbered anew from 0."""
    new = np.full(count, -1, dtype=np.intp)
    new[places] = np.arange(len(places))
    kept = new[messages.submission] >= 0
    return Messages(
        submission=new[messages.submission[kept]],
        centre=messages.centre[kept],
        scale=messages.scale[kept],
        freedom=messages.freedom[kept],
        weight=messages.weight[kept],
    )


def _mean(messages: Messages, precision: Floats, staff: Normal, otherwise: Floats) -> Floats:
    count = len(otherwise)
    total = totals(messages.submission, precision, count) + staff.precision
    told = totals(messages.submission, precision * messages.centre, count)
    told += staff.precision * staff.mean
    return np.where(total > _TINY, told / np.maximum(total, _TINY), otherwise)
