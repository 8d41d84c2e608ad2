"""Editors' choices."""

from datetime import date

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Course, Featured


@transaction.atomic
def feature(
    *, course: Course, reason: str, since: date, until: date | None = None, by: Person | None = None
) -> Featured:
    """Put the course first in the catalogue for a time, and say why."""
    return Featured.objects.create(course=course, reason=reason.strip(), since=since, until=until, by=by)
