"""Whether one account collected the answers that another, certified one then entered.

The rules are those of Northcutt, Ho and Chuang (Detecting and preventing "multiple-account" cheating in massive open
online courses, 2016). What they find is a reason for a person to look, and nothing else: families, classes and friends
share an address too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
#: Groups of accounts on the same addresses from this size on are schools and firms.
CROWD: Final = 10
FEWEST_PROBLEMS: Final = 10
LEAST_SHARE: Final = 0.2
LONGEST_MEDIAN: Final = 50_000_000_000
"""Microseconds: 5·10⁴ s."""
STRICT_P90: Final = 300_000_000
"""Microseconds: five minutes."""
MOST_RIGHT: Final = 0.7
"""Who gets more right than this learns, and collects nothing."""
FEWEST_SHOWN: Final = 11


@dataclass(frozen=True, kw_only=True)
class Account:
    """What one account did in a course: when each problem's answer was shown, and when it was first entered right."""

    learner: int
    certified: bool
    shown: Mapping[int, Sequence[int]]
    right: Mapping[int, int]
    checks: int = 0
    right_checks: int = 0

    @property
    def collects(self) -> bool:
        """Whether it saw many answers and gave few right ones."""
        seldom = not self.checks or self.right_checks / self.checks <= MOST_RIGHT
        return not self.certified and seldom and len(self.shown) >= FEWEST_SHOWN


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two accounts; of each problem whose answer one was shown before the other entered it: problem, shown, entered."""

    certified: int
    other: int
    problems: tuple[tuple[int, int, int], ...]
    of: int
    """Problems that the certified account got right."""
    median: float
    p90: float
    order: float
    """Rank correlation of when answers were shown with when they were entered."""

    @property
    def strict(self) -> bool:
        """Whether nine of ten answers were entered within five minutes."""
        return self.p90 <= STRICT_P90


def groups(learners: Numbers, ips: Numbers) -> Numbers:
    """For each learner up to the highest one: the smallest learner that shared addresses lead to."""
    labels = np.arange(int(learners.max(initial=-1)) + 1, dtype=np.int64)
    while True:
        least = np.full(int(ips.max(initial=-1)) + 1, len(labels), np.int64)
        np.minimum.at(least, ips, labels[learners])
        after = labels.copy()
        np.minimum.at(after, learners, least[ips])
        after = after[after]
        if np.array_equal(after, labels):
            return labels
        labels = after


def pairs(accounts: Sequence[Account]) -> Iterator[Pair]:
    """The pairs of one group that a person should look at."""
    masters = [one for one in accounts if one.certified]
    for master, other in product(masters, [one for one in accounts if one.collects]):
        found = _pair(master, other)
        if found is not None:
            yield found


def _pair(master: Account, other: Account) -> Pair | None:
    seen = []
    for problem, entered in master.right.items():
        before = [at for at in other.shown.get(problem, ()) if at <= entered]
        if before:
            seen.append((problem, max(before), entered))
    if len(seen) < FEWEST_PROBLEMS or len(seen) < LEAST_SHARE * len(master.right):
        return None
    shown, entered_at = (np.array([one[place] for one in seen], np.int64) for place in (1, 2))
    delays, order = entered_at - shown, _order(shown, entered_at)
    median = float(np.median(delays))
    if median >= LONGEST_MEDIAN or not order > 0:
        return None
    return Pair(
        certified=master.learner,
        other=other.learner,
        problems=tuple(sorted(seen, key=lambda one: one[2])),
        of=len(master.right),
        median=median,
        p90=float(np.quantile(delays, 0.9)),
        order=order,
    )


def _order(first: Numbers, second: Numbers) -> float:
    """Spearman's rank correlation; 0 where one of the two is all the same."""
    one, two = (ranks - ranks.mean() for ranks in (_ranks(first), _ranks(second)))
    spread = float(np.sqrt((one @ one) * (two @ two)))
    return float(one @ two) / spread if spread else 0.0


def _ranks(values: Numbers) -> NDArray[np.float64]:
    """Ranks from 0; equal values share the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((2 * ends - counts - 1) / 2, np.float64).take(places)
