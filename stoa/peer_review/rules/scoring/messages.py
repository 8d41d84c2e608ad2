"""Leave-one-out messages: what each mark means once its rater's bias and noise are known from his other marks only.

The model: mark = truth + leniency of all + bias of the rater + noise. A mark never judges itself, so it can't earn
weight by being far off, and a higher mark can't lower its own score. Every step costs O(reviews).
"""

from dataclasses import dataclass

import numpy as np

from stoa.peer_review.rules.scoring.components import Components
from stoa.peer_review.rules.scoring.marks import Anchors, Floats, Known, Marks
from stoa.peer_review.rules.scoring.values import Assumptions

_SETTLED = 0.01
_SHARED = 0.18


@dataclass(frozen=True, kw_only=True)
class Beliefs:
    """After the messages. Per mark (E,): bias, its variance, noise variance, what others say. Per rater: (V,)."""

    bias: Floats
    bias_variance: Floats
    noise: Floats
    leniency: float
    leniency_variance: float
    others: Floats
    reviewers: Known


@dataclass(frozen=True, kw_only=True)
class _Others:
    """What the others say of each marked submission: mean and variance (E,)."""

    mean: Floats
    variance: Floats


def settle(marks: Marks, parts: Components, anchors: Anchors, known: Known, assumed: Assumptions) -> Beliefs:
    """Pass messages until they stand still, or the allowed number of sweeps."""
    beliefs = _first(marks, known, _unknown_leniency(parts, assumed))
    for _ in range(assumed.sweeps):
        leniency, variance = _leniency(marks, parts, anchors, beliefs, assumed)
        others = _others(marks, parts, anchors, beliefs)
        after = _raters(marks, known, others, beliefs, leniency=leniency, leniency_variance=variance)
        moved = _moved(beliefs, after)
        beliefs = after
        if moved < _SETTLED:
            break
    return beliefs


def corrected(marks: Marks, beliefs: Beliefs) -> Floats:
    """Marks without leniency and bias, in points: (E,)."""
    return marks.points - beliefs.leniency - beliefs.bias


def _unknown_leniency(parts: Components, assumed: Assumptions) -> float:
    """The variance of a leniency that no anchor shows: reviewers who agree with one another rarely all err alike."""
    return min(assumed.unknown_leniency_sd**2, _SHARED**2 * (parts.bias + parts.noise))


def _first(marks: Marks, known: Known, leniency_variance: float) -> Beliefs:
    return Beliefs(
        bias=known.bias[marks.rater],
        bias_variance=known.bias_variance[marks.rater],
        noise=(known.rate / known.shape)[marks.rater],
        leniency=0.0,
        leniency_variance=leniency_variance,
        others=np.zeros(len(marks.points)),
        reviewers=known,
    )


def _leniency(
    marks: Marks, parts: Components, anchors: Anchors, beliefs: Beliefs, assumed: Assumptions
) -> tuple[float, float]:
    """How much higher than staff the reviewers mark as a whole, in points, and its variance.

    Compared are posterior means, not raw marks: they stay right where staff picked work because of its marks.
    """
    if len(anchors.teaching) < assumed.anchors_needed:
        return 0.0, _unknown_leniency(parts, assumed)
    precision = marks.weight / (beliefs.bias_variance + beliefs.noise)
    told = marks.per_submission(precision) + 1.0 / parts.truth
    mean = (marks.per_submission(precision * (marks.points - beliefs.bias)) + parts.mean / parts.truth) / told
    at = anchors.teaching
    weight = 1.0 / (1.0 / told[at] + assumed.anchor_sd**2)
    total = 1.0 / assumed.leniency_sd**2 + float(np.sum(weight))
    return float(np.sum(weight * (mean[at] - anchors.mean[at]))) / total, 1.0 / total


def _others(marks: Marks, parts: Components, anchors: Anchors, beliefs: Beliefs) -> _Others:
    precision = marks.weight / (beliefs.bias_variance + beliefs.noise)
    told = precision * corrected(marks, beliefs)
    total = marks.per_submission(precision) + 1.0 / parts.truth + anchors.precision
    sums = marks.per_submission(told) + (parts.mean - beliefs.leniency) / parts.truth + anchors.precision * anchors.mean
    variance = 1.0 / (total[marks.submission] - precision)
    return _Others(mean=variance * (sums[marks.submission] - told), variance=variance)


def _raters(
    marks: Marks, known: Known, others: _Others, beliefs: Beliefs, *, leniency: float, leniency_variance: float
) -> Beliefs:
    precision = marks.weight / (others.variance + beliefs.noise)
    told = precision * (marks.points - leniency - others.mean)
    all_precision = 1.0 / known.bias_variance + marks.per_rater(precision)
    all_told = known.bias / known.bias_variance + marks.per_rater(told)
    bias_variance = 1.0 / (all_precision[marks.rater] - precision)
    bias = bias_variance * (all_told[marks.rater] - told)
    error = marks.weight * _expected_square(
        marks.points - leniency - bias - others.mean, others.variance + bias_variance, beliefs.noise
    )
    rate = known.rate + 0.5 * marks.per_rater(error)
    shape = known.shape + 0.5 * marks.per_rater(marks.weight)
    return Beliefs(
        bias=bias,
        bias_variance=bias_variance,
        noise=(rate[marks.rater] - 0.5 * error) / (shape[marks.rater] - 0.5 * marks.weight),
        leniency=leniency,
        leniency_variance=leniency_variance,
        others=others.mean,
        reviewers=Known(bias=all_told / all_precision, bias_variance=1.0 / all_precision, shape=shape, rate=rate),
    )


def _expected_square(surprise: Floats, uncertainty: Floats, noise: Floats) -> Floats:
    """E[noise²] of a mark that is off by the surprise, of which the uncertainty of truth and bias explains a part."""
    total = uncertainty + noise
    return (noise / total * surprise) ** 2 + noise * uncertainty / total


def _moved(before: Beliefs, after: Beliefs) -> float:
    """The farthest that a bias or a deviation moved, in points."""
    if not len(after.bias):
        return 0.0
    return max(
        float(np.max(np.abs(after.bias - before.bias))),
        float(np.max(np.abs(np.sqrt(after.noise) - np.sqrt(before.noise)))),
        abs(after.leniency - before.leniency),
    )
