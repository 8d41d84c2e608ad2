"""Doing steps and keeping one's place."""

from datetime import datetime

from django.db import transaction

from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.events import StepCompleted, StepOpened
from stoa.courseware.models import Bookmark, Enrolment, StepCompletion, VideoPosition
from stoa.courseware.queries.outlines import outline_of
from stoa.courseware.rules.outlines import OutlineStep
from stoa.kernel.bus import publish


class NoSuchStep(Exception):
    """This run has no such step. Open the course home and go on from there."""


@transaction.atomic
def complete_step(*, enrolment: Enrolment, step_id: str, at: datetime) -> None:
    """Mark a step as done; a second time changes nothing."""
    _step(enrolment, step_id)
    _, new = StepCompletion.objects.get_or_create(
        enrolment=enrolment, step_id=step_id, defaults={"at": at, "version_id": enrolment.run.version_id}
    )
    if new:
        publish(StepCompleted(**of_enrolment(enrolment), step_id=step_id))


@transaction.atomic
def undo_completion(*, enrolment: Enrolment, step_id: str) -> None:
    """Mark a step as still to do."""
    enrolment.completions.filter(step_id=step_id).delete()


@transaction.atomic
def visit(*, enrolment: Enrolment, step_id: str, at: datetime) -> None:
    """Remember the step as the last one open."""
    step = _step(enrolment, step_id)
    Bookmark.objects.bulk_create(
        [Bookmark(enrolment=enrolment, step_id=step_id, at=at)],
        update_conflicts=True,
        unique_fields=["enrolment"],
        update_fields=["step_id", "at"],
    )
    lesson = [other.id for other in outline_of(enrolment.run.version_id).steps if other.lesson_id == step.lesson_id]
    words = of_enrolment(enrolment)
    tab = lesson.index(step_id) + 1
    publish(StepOpened(**words, step_id=step_id, lesson_id=step.lesson_id, tab=tab, tabs=len(lesson)))


@transaction.atomic
def note_position(*, enrolment: Enrolment, item_id: str, seconds: float, at: datetime) -> None:
    """Remember where a learner stopped in a MOOC video."""
    VideoPosition.objects.bulk_create(
        [VideoPosition(enrolment=enrolment, item_id=item_id, seconds=max(0.0, seconds), at=at)],
        update_conflicts=True,
        unique_fields=["enrolment", "item_id"],
        update_fields=["seconds", "at"],
    )


def _step(enrolment: Enrolment, step_id: str) -> OutlineStep:
    step = outline_of(enrolment.run.version_id).step(step_id)
    if step is None:
        raise NoSuchStep
    return step
