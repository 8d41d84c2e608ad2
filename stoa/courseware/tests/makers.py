"""Courses laid out, and learners in them, made through real actions."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.models import CourseVersion, Run
from stoa.catalogue.queries import document_of
from stoa.catalogue.tests import makers as catalogue
from stoa.coursedoc import model as doc
from stoa.coursedoc import walking
from stoa.courseware.actions import PartLayout, StepLayout, enrol, lay_out
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, desk_for

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KINDS = {doc.Reading: "reading", doc.Quiz: "quiz", doc.MoocVideo: "mooc_video", doc.Exercise: "exercise"}


def a_document(
    *, steps: int = 3, modules: int = 2, hidden: Collection[str] = (), words: str = "Read me."
) -> doc.Course:
    """A course of readings: step ids are m1-s1, m1-s2, …; the first module is a sample."""
    return catalogue.a_document(
        modules=tuple(
            doc.Module(
                id=f"m{module}",
                title=f"Week {module}",
                lessons=(
                    doc.Lesson(
                        id=f"m{module}-l",
                        title=f"Lesson {module}",
                        sample=module == 1,
                        steps=tuple(_step(f"m{module}-s{n}", hidden, words) for n in range(1, steps + 1)),
                    ),
                ),
            )
            for module in range(1, modules + 1)
        )
    )


def a_run(*, document: doc.Course | None = None, code: str = "2026-1", self_paced: bool = True) -> Run:
    """A run whose steps are laid out."""
    run = catalogue.a_run(document=document or a_document(), code=code, self_paced=self_paced)
    laid_out(run.version, document or document_of(run.version))
    return run


def laid_out(version: CourseVersion, document: doc.Course) -> CourseVersion:
    """The version with its steps laid out, each reading as a paragraph."""
    lay_out(version=version, steps=list(_layouts(document)))
    return version


def an_enrolment(*, run: Run | None = None, person: Person | None = None, modules: Collection[str] = ()) -> Enrolment:
    """A learner in a run."""
    return enrol(run=run or a_run(), person=person or a_learner(), at=NOON, modules=modules)


def desk_of(enrolment: Enrolment, step: str = "") -> Desk:
    """The learner's desk, read again."""
    run = enrolment.run
    return desk_for(enrolment.person, course=run.course.slug, run=run.code, step=step)


def _step(step_id: str, hidden: Collection[str], words: str) -> doc.Step:
    reading = doc.Reading(id=f"{step_id}-text", text=doc.Text(source=words), minutes=4)
    return doc.Step(id=step_id, title=f"Step {step_id}", items=(reading,), minutes=4, hidden=step_id in hidden)


def _layouts(document: doc.Course) -> Iterator[StepLayout]:
    for position, place in enumerate(walking.steps(document)):
        module, lesson, step = place.module, place.lesson, place.step
        yield StepLayout(
            step_id=step.id,
            lesson_id=lesson.id,
            lesson_title=lesson.title,
            module_id=module.id,
            module_title=module.title,
            position=position,
            title=step.title,
            kind=KINDS.get(type(step.items[0]), "raw"),
            minutes=step.minutes or 0,
            sample=lesson.sample,
            hidden=step.hidden,
            opens=lesson.start or module.start,
            due=lesson.due,
            parts=[_part(item) for item in step.items],
        )


def _part(item: doc.Item) -> PartLayout:
    words = item.text.source if isinstance(item, doc.Reading) else ""
    return PartLayout(item_id=item.id, kind=KINDS.get(type(item), "raw"), title=item.title, html=f"<p>{words}</p>")
