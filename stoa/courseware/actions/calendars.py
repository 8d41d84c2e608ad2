"""Giving and taking back the address of a calendar feed."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from stoa.courseware.models import CalendarKey, Enrolment


@transaction.atomic
def open_calendar(*, enrolment: Enrolment, at: datetime) -> str:
    """A new secret address for the learner's dates; an earlier one leads nowhere from now on."""
    key = token_urlsafe(32)
    CalendarKey.objects.update_or_create(enrolment=enrolment, defaults={"key": key, "at": at})
    return key


@transaction.atomic
def close_calendar(*, enrolment: Enrolment) -> None:
    """Take the address back."""
    CalendarKey.objects.filter(enrolment=enrolment).delete()
