"""Agreeing to help, and being kept apart."""

from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Course
from stoa.peer_review.models import Conflict, Volunteer


def volunteer(*, course: Course, person: Person, kind: Volunteer.Kind, at: datetime) -> Volunteer:
    """Agree to read work of a course that waits; agreeing twice is agreeing once."""
    return Volunteer.objects.get_or_create(course=course, person=person, defaults={"kind": kind, "agreed_at": at})[0]


def stop_volunteering(*, course: Course, person: Person) -> None:
    """Take the consent back."""
    Volunteer.objects.filter(course=course, person=person).delete()


@transaction.atomic
def keep_apart(*, person: Person, other: Person, why: str, at: datetime) -> None:
    """See to it that two people never review each other's work."""
    Conflict.objects.get_or_create(person=person, other=other, defaults={"why": why[:200], "at": at})
