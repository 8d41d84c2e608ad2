"""The fairness report of an assignment: is the load even, and whom do scores miss by how much?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

_FEWEST = 5
_NINETY = 1.645
_TENTHS = 10


def gini(counts: Sequence[float]) -> float:
    """How unevenly something is spread, 0 (all have the same) to nearly 1 (one has all)."""
    ranked, total = sorted(counts), float(sum(counts))
    if not ranked or total <= 0:
        return 0.0
    weighted = sum(place * value for place, value in enumerate(ranked, start=1))
    return 2.0 * weighted / (len(ranked) * total) - (len(ranked) + 1.0) / len(ranked)


def evenest(reviews: int, works: int) -> float:
    """The least Gini coefficient that so many reviews can have: each work has as many as any other, or one more."""
    if reviews <= 0 or works <= 0:
        return 0.0
    more = reviews % works / works
    return more * (1.0 - more) * works / reviews


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """A submission with its official score and staff's, in points of 100; None where staff have not read it."""

    submission: str
    score: float
    staff: float | None = None
    low: float = 0.0
    high: float = 100.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Bias:
    """By how many points scores are above staff's in a group, and how sure that is.

    Attributes:
        group: Which.
        count: Work in it that staff have read.
        points: The mean difference; above 0, peers are kinder than staff.
        low: Where its 90 % interval begins.
        high: Where it ends.
    """

    group: str
    count: int
    points: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """True where chance alone hardly explains it."""
        return not self.low <= 0.0 <= self.high


def bias_by(works: Iterable[Scored], groups: Mapping[str, str]) -> tuple[Bias, ...]:
    """The difference between scores and staff's in each group with five or more; smaller ones would name people."""
    off: dict[str, list[float]] = defaultdict(list)
    for work in works:
        if work.staff is not None and work.submission in groups:
            off[groups[work.submission]].append(work.score - work.staff)
    return tuple(_bias(group, values) for group, values in sorted(off.items()) if len(values) >= _FEWEST)


def tenths(works: Sequence[Scored]) -> dict[str, str]:
    """Each read submission's tenth by staff's points: 01 the lowest, 10 the highest."""
    read = sorted(
        (work for work in works if work.staff is not None), key=lambda work: (work.staff or 0, work.submission)
    )
    return {work.submission: f"{place * _TENTHS // len(read) + 1:02d}" for place, work in enumerate(read)}


def coverage(works: Iterable[Scored]) -> float | None:
    """The share of work that staff have read whose interval holds staff's points; None where there is none."""
    held = [work.low <= work.staff <= work.high for work in works if work.staff is not None]
    return sum(held) / len(held) if held else None


def error(works: Iterable[Scored]) -> float | None:
    """The root mean squared difference to staff's points; None where there is none."""
    off = [(work.score - work.staff) ** 2 for work in works if work.staff is not None]
    return sqrt(sum(off) / len(off)) if off else None


def _bias(group: str, off: Sequence[float]) -> Bias:
    mean = sum(off) / len(off)
    deviation = sqrt(sum((value - mean) ** 2 for value in off) / (len(off) - 1))
    half = _NINETY * deviation / sqrt(len(off))
    return Bias(group=group, count=len(off), points=mean, low=mean - half, high=mean + half)
