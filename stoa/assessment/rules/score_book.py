"""The score table of a learner: parts, weights, points, the passing line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stoa.coursedoc.model import ScorePart, ScoreScheme

QUIZZES = "Quizzes"
"""The one part of a course whose author named none."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An item that earns points: `share` of `out_of` is earned, None while nothing was handed in."""

    lesson: str
    part: str
    out_of: float
    share: float | None


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """One part of the score, in percent: `points` = weight x score / 100."""

    name: str
    weight: float
    score: float | None
    points: float | None
    lessons: int
    counted: int
    begun: int


@dataclass(frozen=True, kw_only=True)
class ScoreTable:
    """Everything earned so far, of 100."""

    rows: tuple[ScoreRow, ...]
    passing: float

    @property
    def points(self) -> float:
        """Points so far."""
        return round(sum(row.points or 0.0 for row in self.rows), 1)

    @property
    def passed(self) -> bool:
        """Whether the passing line is reached."""
        return bool(self.rows) and self.points >= self.passing

    @property
    def to_pass(self) -> float:
        """Points that are still missing."""
        return max(0.0, round(self.passing - self.points, 1))


def score_table(scheme: ScoreScheme, entries: Iterable[Entry]) -> ScoreTable:
    """The table by the course's scheme. What was not handed in counts as nothing yet, so points only grow."""
    entries = tuple(entries)
    parts = scheme.parts or ((ScorePart(name=QUIZZES, weight=1.0),) if entries else ())
    rows = tuple(_row(part, _of(part, entries, named=bool(scheme.parts))) for part in parts)
    return ScoreTable(rows=rows, passing=round(scheme.passing * 100, 1))


def _of(part: ScorePart, entries: tuple[Entry, ...], *, named: bool) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.part == part.name.strip()) if named else entries


def _row(part: ScorePart, entries: tuple[Entry, ...]) -> ScoreRow:
    lessons = _lessons(entries)
    shares = sorted((share or 0.0 for share in lessons.values()), reverse=True)
    shares += [0.0] * ((part.count or 0) - len(shares))
    counted = max(1, len(shares) - part.drop) if shares else 0
    begun = sum(share is not None for share in lessons.values())
    score = 100 * sum(shares[:counted]) / counted if begun else None
    return ScoreRow(
        name=part.name.strip(),
        weight=round(100 * part.weight, 1),
        score=None if score is None else round(score, 1),
        points=None if score is None else round(score * part.weight, 1),
        lessons=len(shares),
        counted=counted,
        begun=begun,
    )


def _lessons(entries: tuple[Entry, ...]) -> Mapping[str, float | None]:
    """The share of each lesson: its items weighed by their points; None where nothing was begun."""
    by_lesson = defaultdict[str, list[Entry]](list)
    for entry in entries:
        by_lesson[entry.lesson].append(entry)
    return {lesson: _lesson(ones) for lesson, ones in by_lesson.items() if any(entry.out_of > 0 for entry in ones)}


def _lesson(entries: list[Entry]) -> float | None:
    if all(entry.share is None for entry in entries):
        return None
    return sum(entry.out_of * (entry.share or 0.0) for entry in entries) / sum(entry.out_of for entry in entries)
