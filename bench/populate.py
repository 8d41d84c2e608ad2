"""Learners, sessions and addresses for the benchmark of pages."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from stoa.accounts.models import Organisation, Person
from stoa.authoring.actions import offer, publish
from stoa.catalogue.models import Run
from stoa.coursedoc.imported import Imported, Report
from stoa.coursedoc.model import (
    Choice,
    ChoicePart,
    Course,
    Lesson,
    Module,
    NumberAnswer,
    NumberPart,
    Part,
    Quiz,
    Step,
    Text,
)
from stoa.courseware.actions import enrol
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import outline_of, parts_of

QUESTIONS = 10


@dataclass(frozen=True)
class Weight:
    """What one page costs beside time."""

    queries: int
    kilobytes: float
    kilobytes_gz: float


def addresses(run: Run) -> dict[str, str]:
    """A page of every kind, in the imported course."""
    home = f"/courses/{run.course.slug}/runs/{run.code}/"
    chosen = {
        name: f"{home}steps/{_median_step(run, kind)}/"
        for name, kind in (("lesson", "reading"), ("video lesson", "mooc_video"), ("quiz", "quiz"))
    }
    return {**chosen, "course home": home, "catalogue": "/", "my learning": "/my-learning/"}


def sessions_of(run: Run, count: int) -> list[str]:
    """Session keys of so many learners of the run."""
    people = Person.objects.filter(enrolments__run=run, enrolments__withdrawal=None).order_by("pk")[:count]
    return [_session(person) for person in people]


def weight_of(run: Run, path: str) -> Weight:
    """Queries and bytes of a page that was opened before."""
    client = Client(headers={"host": "localhost", "accept-language": "en"})
    client.force_login(Person.objects.filter(enrolments__run=run, enrolments__withdrawal=None).earliest("pk"))
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path).content
    return Weight(len(queries), round(len(page) / 1000, 1), round(len(gzip.compress(page, 6)) / 1000, 1))


def a_long_quiz(learners_of: Run) -> Run:
    """A course with one quiz of ten questions, and the same learners in it."""
    quiz = Quiz(id="ten", title="Ten questions", parts=tuple(_question(number) for number in range(QUESTIONS)))
    lesson = Lesson(id="lesson", title="Lesson", steps=(Step(id="step", title="Quiz", items=(quiz,)),))
    course = Course(id="ten-questions", title="Ten questions", modules=(Module(id="m", title="M", lessons=(lesson,)),))
    imported = Imported(course=course, files={}, report=Report())
    at = datetime.now(UTC)
    version = publish(imported=imported, organisation=Organisation.objects.earliest("pk"), by=None, at=at).version
    run = offer(version=version, code="bench", at=at).run
    for enrolment in Enrolment.objects.filter(run=learners_of, withdrawal=None).select_related("person")[:200]:
        enrol(run=run, person=enrolment.person, at=at)
    return run


def answers(right: bool) -> Sequence[tuple[str, str]]:  # noqa: FBT001 -- one of two forms
    """A form with all ten questions answered."""
    choice, number = ("b", "7/2") if right else ("a", "3.4")
    return [(f"part-q{place}", number if place % 2 else choice) for place in range(QUESTIONS)]


def _question(place: int) -> Part:
    label = Text(source=f"Question {place}: which of these is *right*?")
    if place % 2:
        return NumberPart(id=f"q{place}", label=label, answers=(NumberAnswer(value="3.5", tolerance="1%"),))
    choices = tuple(
        Choice(
            id=one, text=Text(source=f"Answer `{one}`"), correct=one == "b", feedback=Text(source=f"Because of {one}.")
        )
        for one in "abcd"
    )
    return ChoicePart(id=f"q{place}", label=label, choices=choices)


def _median_step(run: Run, kind: str) -> str:
    """The step of this kind whose HTML is of middling length."""
    steps = [step.id for step in outline_of(run.version_id).without_hidden.steps if step.kind == kind]
    return sorted(steps, key=lambda step: sum(len(part.html) for part in parts_of(run.version_id, step)))[
        len(steps) // 2
    ]


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
