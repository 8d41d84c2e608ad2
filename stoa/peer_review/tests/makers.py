"""Assignments, learners in front of them and what they hand in, made through real actions."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner, an_organisation
from stoa.catalogue.actions import adopt, move_run, open_run, teach
from stoa.catalogue.models import CourseVersion, Run, Teaching
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc import model as coursedoc
from stoa.coursedoc import walking
from stoa.coursedoc.model import Course, Criterion, Lesson, Level, Module, ScoreScheme, Step, Text
from stoa.coursedoc.model.assignments import Need
from stoa.courseware.actions import PartLayout, StepLayout, enrol, lay_out
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, desk_for
from stoa.peer_review import actions
from stoa.peer_review.models import Assignment, Draft, Submission
from stoa.peer_review.queries import assignment_for
from stoa.peer_review.rules.work import Work

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DUE = MONDAY + timedelta(days=14)
WORDS = "My program counts the words of a weather report, because the same words come again and again."

_number = count(1)


def a_criterion(name: str = "Does it work?", *points: float) -> Criterion:
    """A criterion with a level for each of the points."""
    levels = tuple(Level(id=f"{one:g}", label=f"{one:g} of it", points=one) for one in points or (0.0, 2.0, 4.0))
    return Criterion(id=name.lower().rstrip("?").replace(" ", "-"), label=name, levels=levels, comment=Need.REQUIRED)


def an_assignment(item: str = "word-counter", **facts: object) -> coursedoc.Assignment:
    """A word counter, scored by two criteria; `facts` replace what it says of itself."""
    work = coursedoc.Assignment(
        id=item,
        title="Word counter",
        prompts=(Text(source="Write a program that counts words."),),
        due=DUE,
        criteria=(a_criterion(), a_criterion("Can you read it?")),
    )
    return replace(work, **facts)  # type: ignore[arg-type]  # a test may ask for any fact


def a_course_of(*works: coursedoc.Assignment, **facts: object) -> Course:
    """A course with one step an assignment, all counted for the part `Assignments`."""
    steps = tuple(Step(id=f"{work.id}-step", title=work.title, items=(work,)) for work in works)
    lesson = Lesson(id="hand-in", title="Hand in", part="Assignments", steps=steps)
    module = Module(id="week-1", title="Week 1", lessons=(lesson,))
    return a_document(modules=(module,), **{"scheme": ScoreScheme(), **facts})


def published(course: Course, *, version: CourseVersion) -> CourseVersion:
    """The version with its steps and assignments laid out, texts as they are."""
    lay_out(version=version, steps=[_step(place, position) for position, place in enumerate(walking.steps(course))])
    works = {item.id: item for item in walking.items(course) if isinstance(item, coursedoc.Assignment)}
    actions.lay_out_assignments(
        version=version, assignments=works, render=lambda text: f"<p>{text.source}</p>", at=MONDAY
    )
    return version


def a_run_of(*works: coursedoc.Assignment, self_paced: bool = False, **facts: object) -> Run:
    """A run with dates, whose course has these assignments and one instructor."""
    course = a_course_of(*(works or (an_assignment(),)), **facts)
    version = adopt(course=course, organisation=an_organisation(), by=None, at=MONDAY)
    teach(course=version.course, person=a_learner("Ilse Marenko"), role=Teaching.Role.INSTRUCTOR)
    return open_run(
        version=published(course, version=version),
        code="2026-1",
        starts_at=MONDAY,
        ends_at=MONDAY + timedelta(days=90),
        self_paced=self_paced,
    )


def moved_to(run: Run, *works: coursedoc.Assignment, at: datetime = MONDAY) -> Run:
    """The run with the next version of its course, which has these assignments."""
    course = a_course_of(*works, id=run.course.code)
    version = adopt(course=course, organisation=run.course.organisation, by=None, at=at)
    return move_run(run=run, version=published(course, version=version), at=at)


@dataclass(frozen=True, kw_only=True)
class Author:
    """A learner in front of an assignment."""

    run: Run
    person: Person
    enrolment: Enrolment
    item: str = "word-counter"

    @property
    def assignment(self) -> Assignment:
        """The assignment as it is now."""
        return assignment_for(run_id=self.run.pk, item_id=self.item)

    def desk(self) -> Desk:
        """The learner's desk."""
        return desk_for(self.person, course=self.run.course.slug, run=self.run.code)

    def saves(self, *answers: str, at: datetime = MONDAY, seen: int | None = None, **rest: object) -> Draft:
        """Keep a draft."""
        return actions.save_draft(
            assignment=self.assignment, enrolment=self.enrolment, work=work(*answers, **rest), at=at, seen=seen
        )

    def hands_in(self, *answers: str, at: datetime = MONDAY, **rest: object) -> Submission:
        """Hand work in."""
        words = answers or (f"{WORDS} It is number {next(_number)}.",)
        return actions.hand_in(assignment=self.assignment, enrolment=self.enrolment, work=work(*words, **rest), at=at)

    def address(self, page: str = "") -> str:
        """Where the assignment lives."""
        return f"/courses/{self.run.course.slug}/runs/{self.run.code}/assignments/{self.item}/{page}"


def work(*answers: str, **rest: object) -> Work:
    """What stands in the form."""
    return replace(Work(answers=answers), **rest)  # type: ignore[arg-type]  # a test may ask for any field


def an_author(run: Run | None = None, name: str = "Ada Okafor", *, item: str = "word-counter") -> Author:
    """A learner in the run."""
    where = run or a_run_of()
    person = a_learner(name)
    return Author(run=where, person=person, enrolment=enrol(run=where, person=person, at=MONDAY), item=item)


def handed_in(*, by: Author | None = None, at: datetime = MONDAY) -> Submission:
    """Work that was just handed in."""
    return (by or an_author()).hands_in(at=at)


def _step(place: walking.Place, position: int) -> StepLayout:
    return StepLayout(
        step_id=place.step.id,
        lesson_id=place.lesson.id,
        module_id=place.module.id,
        position=position,
        title=place.step.title,
        kind="assignment",
        minutes=20,
        parts=[PartLayout(item_id=item.id, kind="assignment", title=item.title) for item in walking.items(place.step)],
    )
