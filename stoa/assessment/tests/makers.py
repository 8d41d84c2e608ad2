"""Quizzes, learners in front of them, and what they hand in, made through real actions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner, an_organisation
from stoa.assessment import actions
from stoa.assessment.models import Attempt
from stoa.assessment.queries import QuizView, quiz_views
from stoa.catalogue.actions import adopt, move_run, open_run
from stoa.catalogue.models import CourseVersion, Run
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc import walking
from stoa.coursedoc.model import (
    Choice,
    ChoicePart,
    Course,
    FreeTextPart,
    Item,
    Lesson,
    Module,
    NumberAnswer,
    NumberPart,
    Part,
    Quiz,
    ScoreScheme,
    Step,
    Text,
    TextAnswer,
    TextPart,
)
from stoa.coursedoc.model.quizzes import ChoiceKind
from stoa.courseware.actions import PartLayout, StepLayout, enrol, lay_out
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, desk_for

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def choose_one(part: str = "p", *, points: float = 1.0) -> ChoicePart:
    """Which change makes the loop stop? `b` is right."""
    return ChoicePart(
        id=part,
        points=points,
        label=Text(source="Which change makes this loop stop?"),
        choices=(
            Choice(id="a", text=Text(source="Move it"), feedback=Text(source="It would start again at 3 for ever.")),
            Choice(id="b", text=Text(source="Count down"), correct=True, feedback=Text(source="Now it can become no.")),
            Choice(id="c", text=Text(source="Print twice")),
        ),
        solution=Text(source="The question must be able to become no."),
    )


def choose_many(part: str = "m", **facts: object) -> ChoicePart:
    """`a` and `c` of four are right."""
    choices = tuple(Choice(id=one, text=Text(source=f"Choice {one}"), correct=one in "ac") for one in "abcd")
    whole = ChoicePart(id=part, kind=ChoiceKind.MANY, label=Text(source="Which are lists?"), choices=choices)
    return replace(whole, **facts)  # type: ignore[arg-type]  # replace() checks the names


def a_number(part: str = "n", value: str = "3.5", tolerance: str = "") -> NumberPart:
    """A number with one right answer."""
    return NumberPart(
        id=part,
        label=Text(source="How much?"),
        answers=(NumberAnswer(value=value, tolerance=tolerance, feedback=Text(source="So it is.")),),
    )


def a_word(part: str = "w", *words: str, **facts: object) -> TextPart:
    """A word with its right answers."""
    answers = tuple(TextAnswer(text=word) for word in words or ("while",))
    whole = TextPart(id=part, label=Text(source="Which word?"), answers=answers)
    return replace(whole, **facts)  # type: ignore[arg-type]  # replace() checks the names


def own_words(part: str = "f", **facts: object) -> FreeTextPart:
    """A question without a right answer."""
    whole = FreeTextPart(id=part, label=Text(source="What did you learn?"))
    return replace(whole, **facts)  # type: ignore[arg-type]  # replace() checks the names


def a_quiz(*parts: Part, item: str = "loops", **facts: object) -> Quiz:
    """A quiz; `facts` replace what it says of itself."""
    whole = Quiz(id=item, title="Quick check", parts=parts or (choose_one(),))
    return replace(whole, **facts)  # type: ignore[arg-type]  # replace() checks the names


@dataclass(frozen=True, kw_only=True)
class Classroom:
    """A learner in a run with quizzes."""

    run: Run
    person: Person
    enrolment: Enrolment

    def desk(self) -> Desk:
        """The learner's desk."""
        return desk_for(self.person, course=self.run.course.slug, run=self.run.code)

    def sees(self, item: str = "loops", *, at: datetime = MONDAY) -> QuizView:
        """The quiz as the learner sees it."""
        return quiz_views(self.desk(), [item], now=at)[item]

    def saves(self, item: str = "loops", *, at: datetime = MONDAY, **answers: str | Sequence[str]) -> datetime:
        """Keep a draft."""
        return actions.save_answers(enrolment=self.enrolment, item_id=item, answers=given(**answers), at=at)

    def submits(
        self,
        item: str = "loops",
        *,
        at: datetime = MONDAY,
        seen: int | None = None,
        blanks: actions.Blanks = actions.Blanks.REFUSED,
        **answers: str | Sequence[str],
    ) -> Attempt:
        """Hand answers in."""
        return actions.submit(
            enrolment=self.enrolment, item_id=item, answers=given(**answers), at=at, seen=seen, blanks=blanks
        )

    def address(self, page: str = "", item: str = "loops") -> str:
        """Where the quiz lives."""
        return f"/courses/{self.run.course.slug}/runs/{self.run.code}/quizzes/{item}/{page}"


def given(**answers: str | Sequence[str]) -> actions.Answers:
    """Answers as a form gives them."""
    return {part: (value,) if isinstance(value, str) else tuple(value) for part, value in answers.items()}


def a_course_of(
    *items: Item, scheme: ScoreScheme | None = None, due: datetime | None = None, part: str = "Quizzes"
) -> Course:
    """A course with one lesson a quiz, each counted for the part."""
    lessons = tuple(
        Lesson(
            id=f"lesson-{place}",
            title=f"Lesson {place}",
            part=part,
            due=due,
            steps=(Step(id=f"step-{place}", title="Check", items=(item,)),),
        )
        for place, item in enumerate(items)
    )
    module = Module(id="week-1", title="Week 1", lessons=lessons)
    return a_document(modules=(module,), scheme=scheme or ScoreScheme())


def published(course: Course, *, version: CourseVersion) -> CourseVersion:
    """The version with its steps and quizzes laid out, texts as they are."""
    steps = [
        StepLayout(
            step_id=place.step.id,
            lesson_id=place.lesson.id,
            module_id=place.module.id,
            position=position,
            title=place.step.title,
            kind="quiz",
            parts=[PartLayout(item_id=item.id, kind="quiz") for item in walking.items(place.step)],
        )
        for position, place in enumerate(walking.steps(course))
    ]
    lay_out(version=version, steps=steps)
    quizzes = {item.id: item for item in walking.items(course) if isinstance(item, Quiz)}
    actions.lay_out_quizzes(version=version, quizzes=quizzes, render=lambda text: f"<p>{text.source}</p>")
    return version


def a_run_of(course: Course, *, self_paced: bool = True) -> Run:
    """A run of the course."""
    version = published(course, version=adopt(course=course, organisation=an_organisation(), by=None, at=MONDAY))
    return open_run(version=version, code="2026-1", starts_at=None, ends_at=None, self_paced=self_paced)


def moved_to(course: Course, run: Run) -> Run:
    """The run with the next version of its course."""
    version = adopt(course=course, organisation=run.course.organisation, by=None, at=MONDAY)
    return move_run(run=run, version=published(course, version=version), at=MONDAY)


def a_place_in(run: Run, name: str = "Ada Okafor") -> Classroom:
    """A learner in the run."""
    person = a_learner(name)
    return Classroom(run=run, person=person, enrolment=enrol(run=run, person=person, at=MONDAY))


def a_classroom(*items: Item, self_paced: bool = True, **facts: object) -> Classroom:
    """A learner in a run with these quizzes."""
    course = a_course_of(*(items or (a_quiz(),)), **facts)  # type: ignore[arg-type]  # replace() checks the names
    return a_place_in(a_run_of(course, self_paced=self_paced))
