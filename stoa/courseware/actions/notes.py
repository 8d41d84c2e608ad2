"""Taking notes."""

from datetime import datetime

from django.db import transaction

from stoa.courseware.models import Enrolment, Note
from stoa.courseware.queries.outlines import outline_of

LONGEST = 20_000


class NoteEmpty(Exception):
    """Write something, then save the note."""


@transaction.atomic
def take_note(*, enrolment: Enrolment, step_id: str, seconds: int | None, text: str, at: datetime) -> Note:
    """Keep a note at a step, or at a moment of its video."""
    step = outline_of(enrolment.run.version_id).step(step_id)
    title = step.title if step else step_id
    return Note.objects.create(
        enrolment=enrolment, step_id=step_id, step_title=title, seconds=seconds, text=_said(text), at=at
    )


@transaction.atomic
def change_note(*, note: Note, text: str, at: datetime) -> None:
    """Say it otherwise."""
    note.text, note.changed_at = _said(text), at
    note.save(update_fields=["text", "changed_at"])


@transaction.atomic
def delete_note(*, note: Note) -> None:
    """Throw the note away."""
    note.delete()


def _said(text: str) -> str:
    said = "\n".join(text.splitlines()).strip()
    if not said:
        raise NoteEmpty
    return said
