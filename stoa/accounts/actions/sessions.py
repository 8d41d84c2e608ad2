"""Sessions that are over."""

from datetime import datetime

from stoa.accounts.models import Session


def forget_old_sessions(*, at: datetime) -> int:
    """Delete the sessions that nobody can use any more."""
    return Session.objects.filter(expire_date__lte=at).delete()[0]
