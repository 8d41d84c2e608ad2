"""My learning: where to go on, what is next, how it stands, in all runs of a learner."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from stoa.accounts.models import Person
from stoa.assessment.queries import ScoreTable, score_table
from stoa.courseware.queries import Desk, Letter, Seat, announcements_of, desk_for, seats_of
from stoa.site.queries.pillars import Pillar, pillars_of
from stoa.site.queries.todos import Resume, Todo, resume_of, todos_of
from stoa.site.rules.greetings import PartOfDay, first_name, part_of_day, place_of

OTHERS = 24


@dataclass(frozen=True, kw_only=True)
class OtherCourse:
    """A run that one learns in, beside the one that comes first."""

    seat: Seat
    pillars: tuple[Pillar, ...]


@dataclass(frozen=True, kw_only=True)
class MyLearning:
    """Everything that the page shows."""

    name: str
    greeting: PartOfDay
    local: datetime
    zone: str
    desk: Desk | None
    seat: Seat | None
    resume: Resume | None
    pillars: tuple[Pillar, ...]
    todos: tuple[Todo, ...]
    scores: ScoreTable | None
    letters: tuple[Letter, ...]
    others: tuple[OtherCourse, ...]
    more: int
    """Runs beyond those shown."""


def my_learning(person: Person, *, now: datetime, everything: bool) -> MyLearning:
    """The page of a learner: as many queries for one run as for a hundred."""
    seats = seats_of(person)
    first = next(iter(seats), None)
    desk = desk_for(person, course=first.course, run=first.run) if first else None
    others = seats[1:] if everything else seats[1 : OTHERS + 1]
    local = now.astimezone(ZoneInfo(person.time_zone))
    return MyLearning(
        name=first_name(person.display_name),
        greeting=part_of_day(local),
        local=local,
        zone=place_of(person.time_zone),
        desk=desk,
        seat=first,
        resume=resume_of(desk) if desk else None,
        pillars=_pillars(first) if first else (),
        todos=todos_of(desk, now=now) if desk else (),
        scores=score_table(version_id=first.version_id, enrolment_id=first.enrolment_id) if first else None,
        letters=announcements_of([seat.run_id for seat in seats], most=4) if seats else (),
        others=tuple(OtherCourse(seat=seat, pillars=_pillars(seat)) for seat in others),
        more=len(seats) - 1 - len(others) if seats else 0,
    )


def _pillars(seat: Seat) -> tuple[Pillar, ...]:
    here = "" if seat.progress.finished or seat.here is None else seat.here.id
    return pillars_of(seat.outline, done=seat.done, here=here)
