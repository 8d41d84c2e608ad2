"""What intervals must allow for although no posterior sees it: ends of the scale that tell nothing, a coarse rubric.

Scores do not move by it: who gives everybody nothing, or full marks, may be right, and only staff can tell.
"""

from dataclasses import dataclass

import numpy as np

from stoa.peer_review.rules.scoring.components import Components
from stoa.peer_review.rules.scoring.marks import Floats, Marks
from stoa.peer_review.rules.scoring.values import FULL

# Fewer marks at an end, or between the ends, say nothing about it.
_FEWEST_AT_AN_END, _FEWEST_BETWEEN = 5, 30
# What honest marks at an end would tell must stand out of chance this far before its absence means anything.
_STANDS_OUT = 3.0
# So many marks share a value that a rubric gives; sparse ones are far apart by chance only.
_SHARED_BY = 4.0
# Marks that scatter over a third of a step tell within it: what many of them have rounded off averages out.
_SCATTERS_OVER = 2.9
# Anchors tell what empty marks shift on average; which works got more of them stays unknown.
_LEFT = 0.5
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """Variances in points squared: of what all scores may be off by alike, and of what each is off by for itself."""

    shared: float
    own: float


def doubts(marks: Marks, parts: Components, others: Floats, *, leniency_variance: float, anchored: bool) -> Doubts:
    """What to allow for. Anchors show what all scores are off by; some got more of the empty marks than others.

    Args:
        marks: The marks.
        parts: What they scatter by.
        others: What the other marks say of the submission of each mark, in points (E,).
        leniency_variance: Of the leniency of all.
        anchored: Whether anchors told the leniency of all.
    """
    shift = sum(_empty_end(marks, parts, others, end=end) for end in (0.0, FULL))
    steps = _steps(marks, parts)
    if anchored:
        return Doubts(shared=leniency_variance, own=steps + _LEFT * shift**2)
    return Doubts(shared=leniency_variance + shift**2, own=steps)


def _empty_end(marks: Marks, parts: Components, others: Floats, *, end: float) -> float:
    """By how many points all scores may be off, if marks at this end that tell nothing of the work are no judgements.

    Work that gets full marks is good in the eyes of its other readers too, as far as marks tell. Where it is not, a
    share of these marks was given to whatever came.
    """
    at, between = marks.points == end, (marks.points > 0) & (marks.points < FULL)
    if np.count_nonzero(at) < _FEWEST_AT_AN_END or np.count_nonzero(between) < _FEWEST_BETWEEN:
        return 0.0
    away, told = marks.points - parts.mean, others - float(np.mean(others))
    slope = float(np.sum(away[between] * told[between]) / max(float(np.sum(away[between] ** 2)), _TINY))
    reach = abs(end - parts.mean)
    expected = slope * reach
    chance = float(np.std(told)) / float(np.sqrt(np.count_nonzero(at)))
    if expected <= _STANDS_OUT * chance:
        return 0.0
    seen = float(np.mean(told[at])) * (1.0 if end > parts.mean else -1.0)
    empty = float(np.clip(1.0 - (seen + chance) / expected, 0.0, 1.0)) * float(np.mean(at))
    return min(empty / (1.0 - min(empty, 0.5)), 1.0) * reach


def _steps(marks: Marks, parts: Components) -> float:
    """The variance that rounding to a rubric of few steps leaves, however many marks there are."""
    values, counts = np.unique(marks.points, return_counts=True)
    repeated = 1.0 - _SHARED_BY * len(values) / max(len(marks.points), 1)
    if len(values) < 2 or repeated <= 0:  # noqa: PLR2004 -- one value has no steps
        return 0.0
    gaps = np.diff(values)
    before, after = np.append(gaps[0], gaps), np.append(gaps, gaps[-1])
    wide = (before**2 + after**2) / 2.0
    step = float(np.sqrt(np.sum(counts * wide) / np.sum(counts)))
    scatter = _SCATTERS_OVER * float(np.sqrt(parts.bias + parts.noise)) / max(step, _TINY)
    return repeated * step**2 / 12.0 * max(0.0, 1.0 - scatter**2)
