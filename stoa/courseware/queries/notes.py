"""A learner's notes: only their writer reads them, for ever."""

from django.contrib.auth.models import AnonymousUser

from stoa.accounts.models import Person
from stoa.courseware.models import Note


def notes_of(enrolment_id: int | None, *, containing: str = "") -> tuple[Note, ...]:
    """All notes of an enrolment in the order of making."""
    notes = Note.objects.filter(enrolment=enrolment_id)
    if containing:
        notes = notes.filter(text__icontains=containing)
    return tuple(notes.order_by("at", "pk"))


def notes_at(enrolment_id: int | None, step_id: str) -> tuple[Note, ...]:
    """The notes made at one step, in the order of the video's time."""
    if enrolment_id is None:
        return ()
    return tuple(Note.objects.filter(enrolment=enrolment_id, step_id=step_id).order_by("seconds", "at", "pk"))


def note_for(person: Person | AnonymousUser, pk: int) -> Note:
    """The person's own note.

    Raises Note.DoesNotExist.
    """
    notes = Note.objects.select_related("enrolment__run__course")
    return notes.get(pk=pk, enrolment__person=person.pk)
