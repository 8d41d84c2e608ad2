"""All that courseware keeps about one person, for that person to take away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from stoa.courseware.models import (
    Bookmark,
    ChosenModule,
    DateShift,
    Enrolment,
    Fulfilment,
    Note,
    Opinion,
    Pause,
    ProblemReport,
    RunChange,
    StepCompletion,
    VideoPosition,
    Withdrawal,
)
from stoa.courseware.queries.notes import notes_of
from stoa.courseware.queries.outlines import outlines_of
from stoa.courseware.rules.notebooks import NoteLine, written


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Something kept of a learner at a place: a step, a module, a MOOC video, a run."""

    what: str
    place: str
    at: datetime | None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """What somebody did in a run."""

    enrolment_id: int
    course: str
    title: str
    run: str
    enrolled_at: datetime
    kept: tuple[Kept, ...]
    notebook: str
    """The notes as Markdown; empty where there are none."""


def learning_record(person_id: int) -> tuple[RunRecord, ...]:
    """Every run that the person ever learned in, left ones too, the oldest first."""
    own = Enrolment.objects.filter(person=person_id).select_related("run__course").order_by("at", "pk")
    return tuple(_record(enrolment, person_id) for enrolment in own)


def _record(enrolment: Enrolment, person_id: int) -> RunRecord:
    run = enrolment.run
    lines = [
        NoteLine(step_id=n.step_id, step_title=n.step_title, seconds=n.seconds, at=n.at, text=n.text)
        for n in notes_of(enrolment.pk)
    ]
    return RunRecord(
        enrolment_id=enrolment.pk,
        course=run.course.slug,
        title=run.course.title,
        run=run.code,
        enrolled_at=enrolment.at,
        kept=(*_kept(enrolment), *_reports(run.pk, person_id)),
        notebook=written(run.course.title, lines) if lines else "",
    )


Row = tuple[str, str, datetime, str]


def _kept(enrolment: Enrolment) -> list[Kept]:
    outline = outlines_of({enrolment.run.version_id})[enrolment.run.version_id]
    titles = {step.id: step.title for step in outline.steps}
    rows = (*_course_of_it(enrolment), *_work(enrolment, titles), *_words(enrolment, titles))
    return [Kept(what=what, place=place, at=at, words=words) for what, place, at, words in rows]


def _course_of_it(enrolment: Enrolment) -> Iterator[Row]:
    """How the learner went through the run."""
    states = (("left the run", Withdrawal), ("rests since", Pause), ("has what they wanted", Fulfilment))
    for what, model in states:
        yield from ((what, "", at, "") for at in model.objects.filter(enrolment=enrolment).values_list("at", flat=True))
    for shift in DateShift.objects.filter(enrolment=enrolment).order_by("at"):
        yield "shifted the dates", "", shift.at, f"{shift.days} d"
    for change in RunChange.objects.filter(enrolment=enrolment).select_related("left").order_by("at"):
        yield "came from the run", change.left.code, change.at, ""
    for module in ChosenModule.objects.filter(enrolment=enrolment).order_by("pk"):
        yield "chose the module", module.module_id, module.at, ""


def _work(enrolment: Enrolment, titles: Mapping[str, str]) -> Iterator[Row]:
    """Steps done, and where they stopped."""
    for done in StepCompletion.objects.filter(enrolment=enrolment).order_by("at", "pk"):
        yield "did the step", titles.get(done.step_id, done.step_id), done.at, ""
    for mark in Bookmark.objects.filter(enrolment=enrolment):
        yield "had open last", titles.get(mark.step_id, mark.step_id), mark.at, ""
    for position in VideoPosition.objects.filter(enrolment=enrolment).order_by("at", "pk"):
        yield "stopped in the MOOC video", position.item_id, position.at, f"{position.seconds:.0f} s"


def _words(enrolment: Enrolment, titles: Mapping[str, str]) -> Iterator[Row]:
    """What they said and noted."""
    for said in Opinion.objects.filter(enrolment=enrolment).order_by("at", "pk"):
        words = "it helped" if said.helpful else "it did not help yet"
        yield "said of the step", titles.get(said.step_id, said.step_id), said.at, words
    for note in Note.objects.filter(enrolment=enrolment).order_by("at", "pk"):
        yield "noted at the step", note.step_title, note.at, note.text


def _reports(run_id: int, person_id: int) -> list[Kept]:
    found = ProblemReport.objects.filter(run=run_id, person=person_id).order_by("at")
    return [
        Kept(what="reported a problem at", place=step, at=at, words=text)
        for step, text, at in found.values_list("step_id", "text", "at")
    ]
