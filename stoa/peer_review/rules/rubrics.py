"""What was chosen on a rubric, and the points that it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stoa.coursedoc.model import Criterion, Level

FULL = 100.0


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What somebody chose and wrote about a piece of work."""

    levels: Mapping[str, str] = field(default_factory=dict)
    """Criterion to level, by their ids."""
    comments: Mapping[str, str] = field(default_factory=dict)
    """Criterion to words."""
    overall: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A criterion with the level that was chosen for it; None where that level is not there any more."""

    criterion: Criterion
    level: Level | None


def choices(criteria: Sequence[Criterion], levels: Mapping[str, str]) -> tuple[Choice, ...]:
    """What was chosen, criterion by criterion. Levels of criteria that the course dropped are left out."""
    return tuple(
        Choice(
            criterion=criterion,
            level=next((level for level in criterion.levels if level.id == levels.get(criterion.id)), None),
        )
        for criterion in criteria
    )


def not_chosen(criteria: Sequence[Criterion], levels: Mapping[str, str]) -> tuple[Criterion, ...]:
    """Criteria with levels of which none was chosen."""
    return tuple(one.criterion for one in choices(criteria, levels) if one.criterion.levels and one.level is None)


def points(criteria: Sequence[Criterion], levels: Mapping[str, str]) -> float | None:
    """Points of 100; None where nothing was chosen that earns points.

    Criteria that were not chosen count neither for nor against: a rubric may lose a criterion while reviews are made.
    """
    chosen = [one for one in choices(criteria, levels) if one.level is not None]
    most = sum(max(level.points for level in one.criterion.levels) for one in chosen)
    if most <= 0:
        return None
    return max(0.0, FULL * sum(one.level.points for one in chosen if one.level) / most)


def tidy(marks: Marks, criteria: Sequence[Criterion]) -> Marks:
    """The marks that the rubric knows, without spaces around words."""
    known = {criterion.id for criterion in criteria}
    chosen = {one.criterion.id: one.level.id for one in choices(criteria, marks.levels) if one.level}
    words = {key: text.strip() for key, text in marks.comments.items() if key in known and text.strip()}
    return Marks(levels=chosen, comments=words, overall=marks.overall.strip())
