"""How mails come into the outbox: one statement, for one mail or for thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from stoa.kernel.bus import publish
from stoa.mail import queries
from stoa.mail.events import MailsQueued
from stoa.mail.rules import letters, notices

# Whoever wants no mail of the kind gets a row too: it says why there was no mail.
_PUT = """
insert into mail_mail (key, kind, security, "to", person_id, subject, text, html, message_id, queued_at, due_at,
    state, tries, doubts, answer, link)
select r.key, %(kind)s, %(security)s, r.address, r.person_id, %(subject)s, replace(%(text)s, %(mark)s, r.stop),
    replace(%(html)s, %(mark)s, r.stop), r.message_id, %(at)s, %(at)s,
    case when s.address is null or %(security)s then 'queued' else 'suppressed' end, 0, 0, '', %(link)s
from unnest(%(keys)s::text[], %(addresses)s::text[], %(people)s::bigint[], %(stops)s::text[], %(ids)s::text[])
    as r(key, address, person_id, stop, message_id)
left join (select distinct address from mail_suppression where kind in ('', %(kind)s)) s on s.address = lower(r.address)
on conflict (key) do nothing
"""


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Somebody who gets a mail; the key makes it one mail, however often it is posted."""

    to: str
    person_id: int | None
    key: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a mail says, whole: the same to all, but for the place that the mark holds, where each stops such mails."""

    kind: str
    security: bool
    subject: str
    text: str
    html: str
    link: str
    mark: str


def words(*, kind: str, security: bool, subject: str, text: str, html: str, why: str) -> Words:
    """The words in the language that is active now; without HTML of their own that says the same as the text."""
    headline = letters.headline(subject)
    # Nobody can have typed it.
    mark = f"stop-{uuid4().hex}"
    around = _around(why, unsubscribe="" if security else mark)
    return Words(
        kind=kind,
        security=security,
        subject=headline,
        text=render_to_string("mail/letter.txt", {"body": text.strip(), **around}).strip() + "\n",
        html=render_to_string("mail/letter.html", {"body": _as_html(html, text), "subject": headline, **around}),
        link=notices.link_in(text, settings.SITE_URL),
        mark=mark,
    )


def put(said: Words, to: Sequence[Addressee], *, at: datetime) -> int:
    """Write the mail once for each of them, and tell that there is mail; gives the number of new ones."""
    domain = settings.MAIL_FROM.rpartition("@")[2]
    with connection.cursor() as cursor:
        cursor.execute(
            _PUT,
            {
                "kind": said.kind,
                "security": said.security,
                "subject": said.subject,
                "text": said.text,
                "html": said.html,
                "mark": said.mark,
                "link": said.link,
                "at": at,
                "keys": [one.key for one in to],
                "addresses": [one.to for one in to],
                "people": [one.person_id for one in to],
                "stops": ["" if said.security else queries.unsubscribe_address(one.to, said.kind) for one in to],
                "ids": [letters.message_id(key=one.key, domain=domain) for one in to],
            },
        )
        new = int(cursor.rowcount)
    if new:
        publish(MailsQueued())
    return new


def _around(why: str, *, unsubscribe: str) -> dict[str, object]:
    site = settings.SITE_NAME
    return {
        "why": why or _("You get this mail because you have an account at %(site)s.") % {"site": site},
        "site": site,
        "home": settings.SITE_URL,
        "unsubscribe": unsubscribe,
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }


def _as_html(html: str, text: str) -> SafeString:
    if html:
        return mark_safe(html)  # noqa: S308 -- rendered from our own templates, which escape
    return mark_safe(linebreaks(urlize(text, autoescape=True)))  # noqa: S308 -- escaped by urlize
