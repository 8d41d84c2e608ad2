"""Forget what mails said once nobody needs it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from stoa.mail.models import Mail, Suppression

_SECURITY, _OTHER = timedelta(days=1), timedelta(days=30)
_BLANK = {"text": "", "html": ""}


def blank_old_mails(*, at: datetime) -> int:
    """Delete the words of settled mails; their rows stay, so that none is ever sent again."""
    old = Q(security=True, settled_at__lte=at - _SECURITY) | Q(settled_at__lte=at - _OTHER)
    return Mail.objects.filter(old).exclude(text="", html="").update(**_BLANK)


@transaction.atomic
def forget_person(*, person_id: int, at: datetime) -> None:
    """Stop what waits for somebody who leaves, and delete what was said and to which address."""
    theirs = Mail.objects.filter(person_id=person_id)
    Suppression.objects.filter(address__in=theirs.values("to"), reason=Suppression.Reason.UNSUBSCRIBED).delete()
    waiting = theirs.filter(state__in=[Mail.State.QUEUED, Mail.State.UNKNOWN])
    waiting.update(state=Mail.State.SUPPRESSED, settled_at=at)
    theirs.exclude(state=Mail.State.SENDING).update(to="", subject="", link="", **_BLANK)
