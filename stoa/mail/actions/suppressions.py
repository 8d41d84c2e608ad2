"""Who gets no mail."""

from datetime import datetime

from django.db import transaction

from stoa.kernel.bus import publish
from stoa.mail.events import Unsubscribed
from stoa.mail.models import Suppression


def suppress(*, address: str, kind: str = "", reason: Suppression.Reason, at: datetime) -> None:
    """Send the address no more mail of the kind, or of any kind; the first reason stays."""
    facts = {"reason": reason, "since": at}
    Suppression.objects.get_or_create(address=address.lower(), kind=kind, defaults=facts)


@transaction.atomic
def unsubscribe(*, address: str, kind: str, at: datetime) -> None:
    """Do what somebody asked for with one click."""
    suppress(address=address, kind=kind, reason=Suppression.Reason.UNSUBSCRIBED, at=at)
    publish(Unsubscribed(address=address, kind=kind))


def resubscribe(*, address: str, kind: str) -> None:
    """Take the wish back; an address that bounced stays suppressed."""
    wishes = Suppression.objects.filter(reason=Suppression.Reason.UNSUBSCRIBED)
    wishes.filter(address=address.lower(), kind=kind).delete()
