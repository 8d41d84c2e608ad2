"""What the outbox holds, and who wants no mail."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from stoa.mail.models import Hold, Mail, Suppression
from stoa.mail.rules.letters import Letter
from stoa.mail.rules.notices import said, without_link

_SIGNER = signing.Signer(salt="stoa.mail.unsubscribe")


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """A kind of mail that goes to an address."""

    address: str
    kind: str


class UnknownSubscription(Exception):
    """This address for unsubscribing is not whole. Open the one in your newest mail."""


def suppressed_among(mails: list[Mail]) -> set[int]:
    """The ids of the mails that their addresses do not want any more."""
    addresses = [mail.to.lower() for mail in mails]
    unwanted = set(Suppression.objects.filter(address__in=addresses).values_list("address", "kind"))
    return {
        mail.pk
        for mail in mails
        if not mail.security and unwanted & {(mail.to.lower(), ""), (mail.to.lower(), mail.kind)}
    }


def on_hold() -> bool:
    """True while no mail may leave."""
    return Hold.objects.filter(released_at=None).exists()


def unsubscribe_address(address: str, kind: str) -> str:
    """Where one click ends mails of this kind to this address, without signing in."""
    # No time in it: each mail of a kind names the same address, which never runs out.
    token = _SIGNER.sign_object([address, kind], compress=True)
    return settings.SITE_URL + reverse("unsubscription", args=[token])


def subscription_in(token: str) -> Subscription:
    """The subscription that an address for unsubscribing speaks of."""
    try:
        address, kind = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError) as reason:
        raise UnknownSubscription from reason
    return Subscription(address=address, kind=kind)


def letter(mail: Mail) -> Letter:
    """The mail as it will go over the wire."""
    return Letter(
        message_id=mail.message_id,
        sender_name=settings.SITE_NAME,
        sender=settings.MAIL_FROM,
        to=mail.to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        written_at=mail.queued_at,
        unsubscribe="" if mail.security else unsubscribe_address(mail.to, mail.kind),
    )


def inbox() -> QuerySet[Mail]:
    """Every mail, newest first: for who runs the site."""
    return Mail.objects.order_by("-queued_at", "-pk")


def inbox_without_staff() -> QuerySet[Mail]:
    """The mails that open no door to the administration pages."""
    guarded = get_user_model().objects.filter(Q(is_staff=True) | Q(is_superuser=True))
    return inbox().exclude(to__in=guarded.values("email")).exclude(person__in=guarded)


@dataclass(frozen=True, kw_only=True)
class MailFact:
    """That a mail was written to somebody, without its words."""

    kind: str
    subject: str
    queued_at: datetime
    state: str


def mails_to(person_id: int) -> list[MailFact]:
    """Every mail that was written to the person, newest first."""
    theirs = Mail.objects.filter(person_id=person_id).order_by("-queued_at", "-pk")
    return [
        MailFact(kind=mail.kind, subject=mail.subject, queued_at=mail.queued_at, state=mail.state)
        for mail in theirs.only("kind", "subject", "queued_at", "state")
    ]


def counts() -> dict[str, int]:
    """How many mails are in which state."""
    return dict(Mail.objects.values_list("state").annotate(number=Count("pk")).order_by("state"))


MOST_COUNTED = 100
"""More unread notices than these are not counted."""
UNREAD = f"(SELECT count(*) FROM (SELECT FROM mail_mail WHERE person_id = {{person}} AND read_at IS NULL AND NOT security LIMIT {MOST_COUNTED}) AS few)"  # noqa: E501, S608 -- a constant, for the one query before a page (decision 0008)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A mail as the site shows it to whom it was written."""

    number: int
    title: str
    body: str
    why: str
    link: str
    at: datetime
    unread: bool
    stopped: bool
    """No mail left: the person wants none of this kind."""


def unread_notices(person_id: int) -> int:
    """How many notices the person has not read."""
    return Mail.objects.notices_of(person_id).filter(read_at=None)[:MOST_COUNTED].count()


def notices_of(person_id: int, *, before: int | None, most: int) -> list[Notice]:
    """The newest, or those before one of them."""
    rows = Mail.objects.notices_of(person_id).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_notice(mail) for mail in rows.defer("html")[:most]]


def _notice(mail: Mail) -> Notice:
    words = said(mail.text)
    return Notice(
        number=mail.pk,
        title=mail.subject,
        body=without_link(words.body, settings.SITE_URL + mail.link if mail.link else ""),
        why=words.why,
        link=mail.link,
        at=mail.queued_at,
        unread=mail.read_at is None,
        stopped=mail.state == Mail.State.SUPPRESSED,
    )
