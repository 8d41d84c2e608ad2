"""Simulated crowds: submissions whose true score is known, and reviewers with leniency and noise of their own."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from stoa.peer_review.rules.scoring.marks import Floats, Ints, Marks, marks_from_columns, totals

SHIFTS = 500
Truth = Callable[[np.random.Generator, int], Floats]


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Marks by index: submission, rater, points (E,), and the truth (U,)."""

    submission: Ints
    rater: Ints
    points: Floats
    truth: Floats

    @property
    def marks(self) -> Marks:
        """The same as the estimator takes it."""
        width = len(str(max(len(self.truth), int(self.rater.max()) + 1)))
        works = [f"s{place:0{width}d}" for place in self.submission]
        people = [f"r{place:0{width}d}" for place in self.rater]
        return marks_from_columns(works, people, self.points)

    @property
    def mean(self) -> Floats:
        """The mean of each submission's marks."""
        return totals(self.submission, self.points, len(self.truth)) / np.bincount(self.submission)

    @property
    def median(self) -> Floats:
        """The median of each submission's marks."""
        order = np.lexsort((self.points, self.submission))
        counts = np.bincount(self.submission)
        starts = np.cumsum(counts) - counts
        ranked = self.points[order]
        middle: Floats = (ranked[starts + (counts - 1) // 2] + ranked[starts + counts // 2]) / 2.0
        return middle

    def marked(self, points: Floats) -> "Crowd":
        """The same people with other marks."""
        return replace(self, points=np.clip(points, 0.0, 100.0))

    def rounded(self, levels: int) -> "Crowd":
        """The same on a rubric of `levels` steps above nothing."""
        return self.marked(np.round(self.points / 100.0 * levels) / levels * 100.0)


def normal(mean: float = 70.0, deviation: float = 14.0) -> Truth:
    """True scores around a mean."""
    return lambda chance, count: np.clip(chance.normal(mean, deviation, count), 0.0, 100.0)


def two_kinds(low: float = 25.0, high: float = 80.0) -> Truth:
    """Half of the work is weak, half is strong."""
    return lambda chance, count: np.clip(
        np.where(chance.random(count) < 0.5, low, high) + chance.normal(0.0, 5.0, count), 0.0, 100.0
    )


def nearly_full() -> Truth:
    """Most work is near full marks, as on many courses."""
    return lambda chance, count: 100.0 * chance.beta(8.0, 1.0, count)


def crowd(
    seed: int,
    *,
    works: int = 1000,
    each: int = 3,
    raters: int = 0,
    truth: Truth | None = None,
    bias: float = 8.0,
    noise: float = 12.0,
    lenient: float = 0.0,
) -> Crowd:
    """Everybody hands in and reviews; a reviewer's precision is Gamma(4), so some are careful and some are not."""
    chance = np.random.default_rng(seed)
    people = raters or works
    true = (truth or normal())(chance, works)
    submission = np.repeat(np.arange(works), each)
    shifts = 1 + chance.permutation(min(people - 1, SHIFTS))[:each]
    rater = ((np.arange(works)[:, None] + shifts[None, :]) % people).ravel()
    leniency = chance.normal(0.0, bias, people)
    scatter = 1.0 / np.sqrt(chance.gamma(4.0, 1.0 / (4.0 * noise**2), people))
    points = true[submission] + lenient + leniency[rater] + chance.normal(size=len(rater)) * scatter[rater]
    return Crowd(submission=submission, rater=rater, points=np.clip(points, 0.0, 100.0), truth=true)


def rmse(scores: Floats, truth: Floats) -> float:
    """Root of the mean squared error, in points."""
    return float(np.sqrt(np.mean((scores - truth) ** 2)))
