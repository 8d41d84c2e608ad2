"""Who is enrolled where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.courseware.models import ChosenModule, Enrolment, StepCompletion
from stoa.courseware.queries.outlines import outlines_of
from stoa.courseware.rules.outlines import Outline, OutlineStep
from stoa.courseware.rules.progress import Progress, place, progress


def enrolment_of(person: Person | AnonymousUser, run: Run) -> Enrolment | None:
    """The person's enrolment in the run; None for visitors and those who left."""
    return _enrolments().filter(person=person.pk, run=run).first()


def enrolments_of_run(run: Run) -> QuerySet[Enrolment]:
    """Everyone who is enrolled in the run now."""
    return _enrolments().filter(run=run)


def held_by(person: Person | AnonymousUser, enrolment_id: int | None) -> Enrolment | None:
    """The person's own enrolment by its number, even where they left the run."""
    own = Enrolment.objects.select_related("run__course__organisation").filter(person=person.pk)
    return own.filter(pk=enrolment_id).first() if enrolment_id else None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A learner in one of their runs, as my learning shows it."""

    enrolment_id: int
    run_id: int
    run: str
    time_zone: str
    starts_at: datetime | None
    ends_at: datetime | None
    version_id: int
    course_id: int
    course: str
    title: str
    language: str
    weeks: int | None
    organisation_name: str
    landscape: str
    last_at: datetime
    done: frozenset[str]
    outline: Outline
    here: OutlineStep | None
    progress: Progress

    @property
    def slug(self) -> str:
        """The course's name in addresses, as its cover wants it."""
        return self.course

    @property
    def address(self) -> str:
        """Where the run's pages begin."""
        return f"/courses/{self.course}/runs/{self.run}/"


_SEAT_FIELDS = (
    "pk", "run_id", "run__code", "run__time_zone", "run__starts_at", "run__ends_at", "run__version_id",
    "run__course_id", "run__course__slug", "run__course__title", "run__course__language", "run__course__weeks",
    "run__course__organisation__name", "run__course__subject__landscape", "at", "bookmark__at", "bookmark__step_id",
)  # fmt: skip


def seats_of(person: Person) -> tuple[Seat, ...]:
    """All runs that the person learns in, the one last open first; one query, and one for outlines not yet read."""
    rows = (
        Enrolment.objects.filter(person=person, withdrawal=None)
        .annotate(
            done=ArraySubquery(StepCompletion.objects.filter(enrolment=OuterRef("pk")).values("step_id")),
            chosen=ArraySubquery(ChosenModule.objects.filter(enrolment=OuterRef("pk")).values("module_id")),
        )
        .values_list(*_SEAT_FIELDS, "done", "chosen")
    )
    outlines = outlines_of({row[6] for row in rows})
    seats = [_seat(row, outlines[row[6]].without_hidden) for row in rows]
    return tuple(sorted(seats, key=lambda seat: (seat.last_at, seat.enrolment_id), reverse=True))


def _seat(row: tuple[Any, ...], whole: Outline) -> Seat:
    outline, done = whole.of_modules(frozenset(row[18])), frozenset(row[17])
    return Seat(
        enrolment_id=row[0],
        run_id=row[1],
        run=row[2],
        time_zone=row[3],
        starts_at=row[4],
        ends_at=row[5],
        version_id=row[6],
        course_id=row[7],
        course=row[8],
        title=row[9],
        language=row[10],
        weeks=row[11],
        organisation_name=row[12],
        landscape=row[13] or "",
        last_at=row[15] or row[14],
        done=done,
        outline=outline,
        here=place(outline, done=done, last=row[16] or ""),
        progress=progress(outline, done),
    )


def _enrolments() -> QuerySet[Enrolment]:
    return Enrolment.objects.select_related("run__course__organisation").filter(withdrawal=None)
