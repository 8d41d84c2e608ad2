"""Keep all mail back, and let it go."""

from datetime import datetime

from stoa.mail.models import Hold


def hold(*, reason: str, at: datetime) -> Hold:
    """Let no mail leave until somebody releases it; holding twice changes nothing."""
    return Hold.objects.get_or_create(released_at=None, defaults={"reason": reason, "since": at})[0]


def release(*, at: datetime) -> int:
    """Let mail leave again; says how many holds ended."""
    return Hold.objects.filter(released_at=None).update(released_at=at)
