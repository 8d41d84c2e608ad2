"""Agreeing to help, and being kept apart."""

from collections.abc import Collection
from datetime import datetime
from itertools import combinations

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


@transaction.atomic
def keep_all_apart(*, people: Collection[Person], why: str, at: datetime) -> None:
    """See to it that no two of a group review each other's work: a study group, a family, people who work together.

    Teams of an assignment need none of this: nobody is given the work of a team that they are in.
    """
    pairs = combinations(sorted({person.pk for person in people}), 2)
    rows = (Conflict(person_id=first, other_id=second, why=why[:200], at=at) for first, second in pairs)
    Conflict.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
