"""Who is enrolled where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.courseware.models import Enrolment
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


# Written by hand for the same reason as a desk's: building this question through the ORM costs more than answering it.
_SEATS = """
SELECT enrolment.id, run.id, run.code, run.time_zone, run.starts_at, run.ends_at, run.version_id,
       course.id, course.slug, course.title, course.language, course.weeks,
       organisation.name, coalesce(subject.landscape, ''), coalesce(bookmark.at, enrolment.at),
       coalesce(bookmark.step_id, ''),
       ARRAY(SELECT c.step_id FROM courseware_stepcompletion AS c WHERE c.enrolment_id = enrolment.id),
       ARRAY(SELECT m.module_id FROM courseware_chosenmodule AS m WHERE m.enrolment_id = enrolment.id)
FROM courseware_enrolment AS enrolment
JOIN catalogue_run AS run ON run.id = enrolment.run_id
JOIN catalogue_course AS course ON course.id = run.course_id
JOIN accounts_organisation AS organisation ON organisation.id = course.organisation_id
LEFT JOIN catalogue_subject AS subject ON subject.id = course.subject_id
LEFT JOIN courseware_withdrawal AS withdrawal ON withdrawal.enrolment_id = enrolment.id
LEFT JOIN courseware_bookmark AS bookmark ON bookmark.enrolment_id = enrolment.id
WHERE enrolment.person_id = %s AND withdrawal.id IS NULL
"""


def seats_of(person: Person) -> tuple[Seat, ...]:
    """All runs that the person learns in, the one last open first; one query, and one for outlines not yet read."""
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, [person.pk])
        rows = cursor.fetchall()
    outlines = outlines_of({row[6] for row in rows})
    seats = [_seat(row, outlines[row[6]].without_hidden) for row in rows]
    return tuple(sorted(seats, key=lambda seat: (seat.last_at, seat.enrolment_id), reverse=True))


def _seat(row: tuple[Any, ...], whole: Outline) -> Seat:
    outline, done = whole.of_modules(frozenset(row[17])), frozenset(row[16])
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
        landscape=row[13],
        last_at=row[14],
        done=done,
        outline=outline,
        here=place(outline, done=done, last=row[15]),
        progress=progress(outline, done),
    )


def _enrolments() -> QuerySet[Enrolment]:
    return Enrolment.objects.select_related("run__course__organisation").filter(withdrawal=None)
