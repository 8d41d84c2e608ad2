"""Put a mail into the outbox."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from stoa.kernel.bus import publish
from stoa.mail import queries
from stoa.mail.events import MailsQueued
from stoa.mail.models import Mail
from stoa.mail.rules import letters


@transaction.atomic
def post(
    *,
    kind: str,
    to: str,
    person_id: int | None,
    subject: str,
    text: str,
    html: str = "",
    key: str,
    security: bool = False,
    why: str = "",
    at: datetime,
) -> Mail:
    """Write one mail in the transaction of its cause; the same key again gives the mail that is there already.

    `why` says in a sentence why one gets it. Security mails cannot be unsubscribed from, all others can in one click.
    """
    headline = letters.headline(subject)
    address = letters.in_one_line(to.strip())
    context = around(why, unsubscribe="" if security else queries.unsubscribe_address(address, kind))
    facts = {
        "kind": kind,
        "security": security,
        "to": address,
        "person_id": person_id,
        "subject": headline,
        "text": written(text, context),
        "html": rich(html, text, headline, context),
        "message_id": letters.message_id(key=key, domain=settings.MAIL_FROM.rpartition("@")[2]),
        "queued_at": at,
        "due_at": at,
        "state": _first_state(address, kind, security=security),
    }
    mail, new = Mail.objects.get_or_create(key=key, defaults=facts)
    if new and mail.state == Mail.State.QUEUED:
        publish(MailsQueued())
    return mail


def _first_state(address: str, kind: str, *, security: bool) -> Mail.State:
    unwanted = not security and queries.is_suppressed(address, kind)
    return Mail.State.SUPPRESSED if unwanted else Mail.State.QUEUED


def around(why: str, *, unsubscribe: str) -> dict[str, object]:
    """What stands around the words of every mail, in the language that is active now."""
    site = settings.SITE_NAME
    return {
        "why": why or _("You get this mail because you have an account at %(site)s.") % {"site": site},
        "site": site,
        "home": settings.SITE_URL,
        "unsubscribe": unsubscribe,
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }


def written(text: str, context: Mapping[str, object]) -> str:
    """The whole mail as plain text."""
    return render_to_string("mail/letter.txt", {"body": text.strip(), **context}).strip() + "\n"


def rich(html: str, text: str, subject: str, context: Mapping[str, object]) -> str:
    """The whole mail as HTML; without HTML of its own it says the same as the plain text."""
    return render_to_string("mail/letter.html", {"body": _as_html(html, text), "subject": subject, **context})


def _as_html(html: str, text: str) -> SafeString:
    if html:
        return mark_safe(html)  # noqa: S308 -- rendered from our own templates, which escape
    return mark_safe(linebreaks(urlize(text, autoescape=True)))  # noqa: S308 -- escaped by urlize
