"""Courses and runs for tests, made through real actions."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from stoa.accounts.models import Organisation
from stoa.accounts.tests.makers import an_organisation
from stoa.catalogue import actions
from stoa.catalogue.models import Course, CourseVersion, Run
from stoa.coursedoc import model as coursedoc
from stoa.coursedoc.model import ReviewFlow, Text
from stoa.coursedoc.model.assignments import Criterion, Level
from stoa.coursedoc.model.quizzes import ChoicePart

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

_number = count(1)


def a_document(**facts: object) -> coursedoc.Course:
    """A course of two modules with a step of every kind; `facts` replace what it says of itself."""
    course = coursedoc.Course(
        id=f"first-steps-{next(_number)}",
        title="First Steps in Python",
        summary="Write small programs that do useful things.",
        outcomes=("Read a page of Python and say what it does", "Find out why a program fails, without guessing"),
        subjects=("computer-science",),
        skills=("debugging",),
        weeks=2,
        hours_a_week=4,
        licence="CC BY 4.0",
        instructors=(coursedoc.Instructor(name="Ilse Marenko", about=Text(source="Fellow at the Harbour School.")),),
        modules=(_first_module(), _second_module()),
    )
    return replace(course, **facts)  # type: ignore[arg-type]  # replace() checks the names


def a_version(
    *, organisation: Organisation | None = None, document: coursedoc.Course | None = None, at: datetime = MONDAY
) -> CourseVersion:
    """A course taken in, not yet on offer."""
    return actions.adopt(
        course=document or a_document(), organisation=organisation or an_organisation(), by=None, at=at
    )


def a_run(
    *,
    code: str = "2026-1",
    organisation: Organisation | None = None,
    document: coursedoc.Course | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    self_paced: bool = True,
) -> Run:
    """A run of a course, open to everyone."""
    version = a_version(organisation=organisation, document=document)
    return actions.open_run(version=version, code=code, starts_at=starts_at, ends_at=ends_at, self_paced=self_paced)


def a_course(*, organisation: Organisation | None = None, **facts: object) -> Course:
    """A course on offer with one run."""
    return a_run(organisation=organisation, document=a_document(**facts)).course


def a_module(title: str = "Rivers") -> coursedoc.Module:
    """A module of one lesson with one reading."""
    reading = coursedoc.Reading(id=f"{title}-reading", title=title, text=Text(source="Water flows."))
    step = coursedoc.Step(id=f"{title}-step", title=title, items=(reading,))
    return coursedoc.Module(
        id=f"{title}-module",
        title=title,
        lessons=(coursedoc.Lesson(id=f"{title}-lesson", title=title, steps=(step,)),),
    )


def _first_module() -> coursedoc.Module:
    quiz = coursedoc.Quiz(
        id="values-quiz",
        title="Values",
        parts=(
            ChoicePart(
                id="p1",
                label=Text(source="What is `1 + 1`?"),
                choices=(
                    coursedoc.Choice(id="a", text=Text(source="2"), correct=True),
                    coursedoc.Choice(id="b", text=Text(source="11")),
                ),
            ),
        ),
    )
    welcome = coursedoc.Lesson(
        id="welcome",
        title="A first conversation with the machine",
        sample=True,
        steps=(
            coursedoc.Step(
                id="hello",
                title="Hello",
                items=(
                    coursedoc.Reading(id="hello-reading", title="Hello", text=Text(source="A *value* is a thing.")),
                ),
            ),
            coursedoc.Step(id="values", title="Values", items=(quiz,)),
        ),
    )
    video = coursedoc.MoocVideo(
        id="what-a-program-is", title="What a program is", youtube="abcdefghijk", duration=120.0
    )
    watching = coursedoc.Lesson(
        id="watching", title="Watching", steps=(coursedoc.Step(id="program", title="Programs", items=(video,)),)
    )
    return coursedoc.Module(id="week-1", title="Values and names", lessons=(welcome, watching))


def _second_module() -> coursedoc.Module:
    assignment = coursedoc.Assignment(
        id="small-tool",
        title="Your own small tool",
        prompts=(Text(source="Write a tool of about fifty lines."),),
        flow=(ReviewFlow.PEER,),
        criteria=(Criterion(id="works", label="It works", levels=(Level(id="yes", label="Yes", points=2),)),),
    )
    talk = coursedoc.Discussion(id="say-hello", title="Say hello", topic="Say hello")
    exercise = coursedoc.Exercise(id="greet", title="Greet three people", text=Text(source="Greet three people."))
    lesson = coursedoc.Lesson(
        id="tool",
        title="Your own small tool",
        steps=(
            coursedoc.Step(id="practice", title="Practice", items=(exercise,)),
            coursedoc.Step(id="hand-in", title="Hand in", items=(assignment, talk)),
        ),
    )
    return coursedoc.Module(id="week-2", title="Your own small tool", lessons=(lesson,))
