"""Reviews, anchors and reviewers as arrays, in an order that does not depend on how they came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from stoa.peer_review.rules.scoring.values import FULL, Anchor, Assumptions, Review, Reviewer

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """E reviews of U submissions by V raters: arrays of shape (E,), sorted by submission, then rater; points of 100."""

    submissions: tuple[str, ...]
    raters: tuple[str, ...]
    submission: Ints
    rater: Ints
    points: Floats
    weight: Floats

    def per_submission(self, values: Floats) -> Floats:
        """Sums (E,) over each submission's reviews: (U,)."""
        return totals(self.submission, values, len(self.submissions))

    def per_rater(self, values: Floats) -> Floats:
        """Sums (E,) over each rater's reviews: (V,)."""
        return totals(self.rater, values, len(self.raters))

    @property
    def reviews(self) -> Ints:
        """How many reviews each submission has: (U,)."""
        return np.bincount(self.submission, minlength=len(self.submissions)).astype(np.intp)


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """Staff's points as messages: precision (0 where none) and mean (U,); places of those picked at random."""

    precision: Floats
    mean: Floats
    teaching: Ints


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is believed of each rater before this assignment: arrays (V,)."""

    bias: Floats
    bias_variance: Floats
    shape: Floats
    rate: Floats


def marks_of(reviews: Iterable[Review]) -> Marks:
    """Arrays of reviews, whatever their order."""
    rows = list(reviews)
    return marks_from_columns(
        [row.submission for row in rows],
        [row.rater for row in rows],
        np.array([row.points for row in rows], dtype=float),
        np.array([row.weight for row in rows], dtype=float),
    )


def marks_from_columns(
    submissions: Sequence[str], raters: Sequence[str], points: Floats, weight: Floats | None = None
) -> Marks:
    """Arrays of columns of one length. Points that are no number are left out; a pair's later review replaces it."""
    kept = np.isfinite(points)
    weights = np.ones(len(points)) if weight is None else np.clip(np.nan_to_num(weight, nan=1.0), 0.0, 1.0)
    works, submission = _numbered(list(compress(submissions, kept)))
    people, rater = _numbered(list(compress(raters, kept)))
    order = np.lexsort((rater, submission))
    submission, rater = submission[order], rater[order]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (np.diff(submission) != 0) | (np.diff(rater) != 0)
    chosen = np.flatnonzero(kept)[order[last]]
    return Marks(
        submissions=works,
        raters=people,
        submission=submission[last],
        rater=rater[last],
        points=np.clip(points[chosen], 0.0, FULL),
        weight=weights[chosen],
    )


def anchors_of(anchors: Iterable[Anchor], marks: Marks, assumptions: Assumptions) -> Anchors:
    """Staff's points as messages; several for one submission are averaged, those of unknown ones left out."""
    places = {name: place for place, name in enumerate(marks.submissions)}
    given = [anchor for anchor in anchors if anchor.submission in places and np.isfinite(anchor.points)]
    at = np.array([places[anchor.submission] for anchor in given], dtype=np.intp)
    points = np.clip(np.array([anchor.points for anchor in given], dtype=float), 0.0, FULL)
    count = np.bincount(at, minlength=len(places)).astype(float)
    total = np.bincount(at, weights=points, minlength=len(places))
    teaching = np.unique([places[anchor.submission] for anchor in given if anchor.at_random]).astype(np.intp)
    mean = total / np.maximum(count, 1.0)
    # Staff who disagree with themselves are believed that much less.
    spread = np.bincount(at, weights=(points - mean[at]) ** 2, minlength=len(places)) / np.maximum(count, 1.0)
    precision = np.where(count > 0, 1.0 / (assumptions.anchor_sd**2 / np.maximum(count, 1.0) + spread), 0.0)
    return Anchors(precision=precision, mean=mean, teaching=teaching)


def known_of(
    known: Mapping[str, Reviewer], marks: Marks, *, bias_variance: float, noise_variance: float, shape: float
) -> Known:
    """Prior beliefs in the order of the marks' raters; one of whom nothing is known gets everybody's."""
    unknown = Reviewer(bias=0.0, bias_variance=bias_variance, shape=shape, rate=shape * noise_variance)
    if not known:
        # A hundred thousand raters need no hundred thousand look-ups.
        everyone = np.ones(len(marks.raters))
        return Known(
            bias=0.0 * everyone,
            bias_variance=unknown.bias_variance * everyone,
            shape=unknown.shape * everyone,
            rate=unknown.rate * everyone,
        )
    people = [known.get(name, unknown) for name in marks.raters]
    return Known(
        bias=np.array([person.bias for person in people], dtype=float),
        bias_variance=np.array([person.bias_variance for person in people], dtype=float),
        shape=np.array([person.shape for person in people], dtype=float),
        rate=np.array([person.rate for person in people], dtype=float),
    )


def totals(places: Ints, values: Floats, count: int) -> Floats:
    """Sums of the values (M,) that belong to each of `count` places: (count,)."""
    return np.bincount(places, weights=values, minlength=count).astype(np.float64, copy=False)


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Distinct names in order, and each name's place among them."""
    distinct = sorted(set(names))
    places = {name: place for place, name in enumerate(distinct)}
    return tuple(distinct), np.array(list(map(places.__getitem__, names)), dtype=np.intp)
