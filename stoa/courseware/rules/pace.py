"""When a learner's steps are due: by the document's own dates, or module by module over the weeks of the course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from stoa.courseware.rules.outlines import Outline

EVENING = time(21)
"""The hour, in the course's zone, at which a week of a course ends."""


@dataclass(frozen=True, kw_only=True)
class Shift:
    """All dates moved by so many days, then."""

    days: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How a learner goes through a run."""

    begins: datetime | None
    """The run's start, or the learner's own where the run is self-paced; None: nobody knows yet."""
    weeks: int | None
    zone: str
    shifts: tuple[Shift, ...] = ()
    """By which the learner moved their dates, the first one first."""
    strict: bool = False
    """Dates of this run close what they date: those that have passed don't move any more."""


def due_dates(outline: Outline, pace: Pace) -> Mapping[str, datetime]:
    """Step id to its date. Where the document dates any step, only its dates count."""
    move = moved if pace.strict else moved_anyhow
    own = {step.id: move(step.due, pace.shifts) for step in outline.steps if step.due}
    if own or pace.begins is None:
        return own
    first, every = pace.begins.astimezone(ZoneInfo(pace.zone)), len(outline.modules)
    weeks, later = pace.weeks or every, sum(shift.days for shift in pace.shifts)
    return {
        step.id: _evening(first, days=7 * ceil(module.number * weeks / every) + later)
        for module in outline.modules
        for step in module.steps
    }


def moved(due: datetime, shifts: Iterable[Shift]) -> datetime:
    """The date after these shifts: one that has passed stays where it was, so that nothing closed opens again."""
    for shift in shifts:
        if due < shift.at:
            return due
        due += timedelta(days=shift.days)
    return due


def moved_anyhow(due: datetime, shifts: Iterable[Shift]) -> datetime:
    """The date after these shifts, passed or not."""
    return due + timedelta(days=sum(shift.days for shift in shifts))


def days_rested(*, since: datetime, until: datetime) -> int:
    """Days by which dates move after a pause: every one that began counts."""
    return max(0, ceil((until - since) / timedelta(days=1)))


def _evening(begins: datetime, *, days: int) -> datetime:
    return datetime.combine((begins + timedelta(days=days)).date(), EVENING, tzinfo=begins.tzinfo)
