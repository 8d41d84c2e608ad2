"""A reader's desk in a run: the run, their rights, and how far they are, in one query.

Every page of a run starts here, so this is SQL written by hand: the same question asked through the ORM costs
1.5 ms more a page, most of it spent building the SQL.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from stoa.accounts.models import Organisation, Person
from stoa.catalogue.models import Course, Run, Teaching
from stoa.courseware.models import Enrolment
from stoa.courseware.queries.outlines import outline_of
from stoa.courseware.rules import edx
from stoa.courseware.rules.notebooks import clock
from stoa.courseware.rules.outlines import Outline
from stoa.courseware.rules.pace import Pace, Shift, due_dates
from stoa.courseware.rules.standing import Standing, standing


class RunUnknown(Exception):
    """There is no such run."""


@dataclass(frozen=True, kw_only=True)
class StepNote:
    """A note beside its step."""

    id: int
    seconds: int | None
    text: str

    @property
    def time(self) -> str:
        """The moment of the video, as a player shows it."""
        return "" if self.seconds is None else clock(self.seconds)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A reader in a run: what they may see, and how far they are."""

    run_id: int
    run: str
    version_id: int
    starts_at: datetime | None
    ends_at: datetime | None
    self_paced: bool
    time_zone: str
    course_id: int
    course: str
    course_code: str
    title: str
    language: str
    weeks: int | None
    organisation: str
    organisation_name: str
    landscape: str
    enrolment_id: int | None
    withdrawn: bool
    person_id: int | None
    team: bool
    """Gives the course in some role, or runs its organisation's courses."""
    leads: bool
    """May announce, and see who is enrolled."""
    done: frozenset[str]
    last_step: str
    positions: Mapping[str, float]
    chosen: frozenset[str]
    helpful: bool | None
    """What the learner said of the step asked for."""
    notes: tuple[StepNote, ...]
    """The learner's own notes at the step asked for."""
    enrolled_at: datetime | None = None
    shifts: tuple[Shift, ...] = ()
    """By which the learner moved their dates."""
    paused_at: datetime | None = None
    fulfilled_at: datetime | None = None
    """When the learner said: I have what I wanted."""
    done_before: bool = False
    """Some steps were done in an earlier version of the course."""

    @cached_property
    def standing(self) -> Standing:
        """How the reader stands to the run."""
        return standing(enrolled=self.enrolled, team=self.team)

    @property
    def enrolled(self) -> bool:
        """The reader is a learner of the run now."""
        return self.enrolment_id is not None and not self.withdrawn

    @cached_property
    def outline(self) -> Outline:
        """What the reader sees listed."""
        whole = outline_of(self.version_id)
        return whole if self.team else whole.without_hidden

    @cached_property
    def scope(self) -> Outline:
        """What the reader takes: the chosen modules, or the whole course."""
        return self.outline.of_modules(self.chosen)

    @cached_property
    def dates(self) -> Mapping[str, datetime]:
        """When each step is due for this reader; while they rest, or have what they wanted, none is."""
        if self.paused_at or self.fulfilled_at:
            return {}
        begins = self.enrolled_at if self.self_paced else self.starts_at
        return due_dates(
            self.outline,
            Pace(
                begins=begins,
                weeks=self.weeks,
                zone=self.time_zone,
                shifts=self.shifts,
                strict=not self.self_paced,
            ),
        )

    @property
    def days_later(self) -> int:
        """By so many days the learner has moved their dates."""
        return sum(shift.days for shift in self.shifts)

    @cached_property
    def enrolment(self) -> Enrolment | None:
        """The enrolment behind the desk, for actions; None for those who aren't enrolled now."""
        if not self.enrolled or self.person_id is None:
            return None
        organisation = Organisation(slug=self.organisation, name=self.organisation_name)
        course = Course(
            pk=self.course_id, slug=self.course, code=self.course_code, title=self.title, organisation=organisation
        )
        run = Run(pk=self.run_id, code=self.run, version_id=self.version_id, course=course, self_paced=self.self_paced)
        return Enrolment(pk=self.enrolment_id, person_id=self.person_id, run=run)

    @property
    def course_key(self) -> str:
        """The run as the event log names it."""
        return edx.course_key(organisation=self.organisation, course=self.course_code, run=self.run)

    @property
    def slug(self) -> str:
        """The course's name in addresses, as its cover wants it."""
        return self.course

    @cached_property
    def address(self) -> str:
        """Where the run's pages begin."""
        return f"/courses/{self.course}/runs/{self.run}/"


_DESK = """
SELECT run.id, run.code, run.version_id, run.starts_at, run.ends_at, run.self_paced, run.time_zone,
       course.id, course.slug, course.title, course.language, course.weeks,
       organisation.slug, organisation.name, coalesce(subject.landscape, ''),
       enrolment.id, withdrawal.id IS NOT NULL, coalesce(bookmark.step_id, ''),
       (SELECT t.role FROM catalogue_teaching AS t WHERE t.course_id = course.id AND t.person_id = %(person)s),
       EXISTS (SELECT 1 FROM accounts_staff AS s
               WHERE s.organisation_id = organisation.id AND s.person_id = %(person)s),
       so_far.done,
       ARRAY(SELECT p.item_id FROM courseware_videoposition AS p WHERE p.enrolment_id = enrolment.id ORDER BY p.id),
       ARRAY(SELECT p.seconds FROM courseware_videoposition AS p WHERE p.enrolment_id = enrolment.id ORDER BY p.id),
       ARRAY(SELECT m.module_id FROM courseware_chosenmodule AS m WHERE m.enrolment_id = enrolment.id),
       (SELECT o.helpful FROM courseware_opinion AS o WHERE o.enrolment_id = enrolment.id AND o.step_id = %(step)s),
       (SELECT jsonb_agg(jsonb_build_array(n.id, n.seconds, n.text) ORDER BY n.seconds NULLS FIRST, n.id)
        FROM courseware_note AS n WHERE n.enrolment_id = enrolment.id AND n.step_id = %(step)s),
       run.hidden, course.code, enrolment.at,
       ARRAY(SELECT d.days FROM courseware_dateshift AS d WHERE d.enrolment_id = enrolment.id ORDER BY d.at, d.id),
       ARRAY(SELECT d.at FROM courseware_dateshift AS d WHERE d.enrolment_id = enrolment.id ORDER BY d.at, d.id),
       (SELECT p.at FROM courseware_pause AS p WHERE p.enrolment_id = enrolment.id),
       (SELECT f.at FROM courseware_fulfilment AS f WHERE f.enrolment_id = enrolment.id),
       so_far.before
FROM catalogue_run AS run
JOIN catalogue_course AS course ON course.id = run.course_id
JOIN accounts_organisation AS organisation ON organisation.id = course.organisation_id
LEFT JOIN catalogue_subject AS subject ON subject.id = course.subject_id
LEFT JOIN courseware_enrolment AS enrolment ON enrolment.run_id = run.id AND enrolment.person_id = %(person)s
LEFT JOIN courseware_withdrawal AS withdrawal ON withdrawal.enrolment_id = enrolment.id
LEFT JOIN courseware_bookmark AS bookmark ON bookmark.enrolment_id = enrolment.id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(c.step_id), ARRAY[]::text[]) AS done,
           coalesce(bool_or(c.version_id <> run.version_id), false) AS before
    FROM courseware_stepcompletion AS c WHERE c.enrolment_id = enrolment.id
) AS so_far
WHERE course.slug = %(course)s AND run.code = %(run)s
"""


def desk_for(person: Person | AnonymousUser, *, course: str, run: str, step: str = "") -> Desk:
    """The reader's desk in a run; with what they noted at the step and said of it, where one is named.

    Raises RunUnknown.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DESK, {"person": person.pk, "course": course, "run": run, "step": step})
        row = cursor.fetchone()
    desk = _desk(row, person) if row else None
    if desk is None or (row[26] and not desk.team):
        raise RunUnknown
    return desk


def _desk(row: tuple[Any, ...], person: Person | AnonymousUser) -> Desk:
    gives = row[19] or person.is_superuser
    return Desk(
        run_id=row[0],
        run=row[1],
        version_id=row[2],
        starts_at=row[3],
        ends_at=row[4],
        self_paced=row[5],
        time_zone=row[6],
        course_id=row[7],
        course=row[8],
        title=row[9],
        language=row[10],
        weeks=row[11],
        organisation=row[12],
        organisation_name=row[13],
        landscape=row[14],
        enrolment_id=row[15],
        withdrawn=row[16],
        last_step=row[17],
        team=gives or row[18] is not None,
        leads=gives or row[18] == Teaching.Role.INSTRUCTOR,
        done=frozenset(row[20]),
        positions=dict(zip(row[21], row[22], strict=True)),
        chosen=frozenset(row[23]),
        helpful=row[24],
        notes=tuple(StepNote(id=note[0], seconds=note[1], text=note[2]) for note in json.loads(row[25] or "[]")),
        course_code=row[27],
        person_id=person.pk,
        enrolled_at=row[28],
        shifts=tuple(Shift(days=days, at=at) for days, at in zip(row[29], row[30], strict=True)),
        paused_at=row[31],
        fulfilled_at=row[32],
        done_before=row[33],
    )
