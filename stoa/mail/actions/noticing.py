"""Marking notices as read."""

from datetime import datetime

from stoa.mail.models import Mail


def read_notice(*, person_id: int, number: int, at: datetime) -> str | None:
    """Mark one as read; says where one acts, or None where the person has no such notice."""
    own = Mail.objects.notices_of(person_id).filter(pk=number)
    own.filter(read_at=None).update(read_at=at)
    return own.values_list("link", flat=True).first()


def read_notices(*, person_id: int, newest: int, at: datetime) -> int:
    """Mark all as read up to the newest that the person saw: what came since stays unread."""
    return Mail.objects.notices_of(person_id).filter(pk__lte=newest, read_at=None).update(read_at=at)
