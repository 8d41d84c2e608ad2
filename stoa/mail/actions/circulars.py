"""The same words to many: a mail each, put into the outbox by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from stoa.kernel.bus import publish
from stoa.mail import queries
from stoa.mail.actions.outbox import around, rich, written
from stoa.mail.events import MailsQueued
from stoa.mail.rules import letters

# Whoever wants no mail of the kind gets a row too: it says why there was no mail.
_POST = """
insert into mail_mail (key, kind, security, "to", person_id, subject, text, html, message_id, queued_at, due_at,
    state, tries, doubts, answer)
select r.key, %(kind)s, false, r.address, r.person_id, %(subject)s, replace(%(text)s, %(mark)s, r.stop),
    replace(%(html)s, %(mark)s, r.stop), r.message_id, %(at)s, %(at)s,
    case when s.address is null then 'queued' else 'suppressed' end, 0, 0, ''
from unnest(%(keys)s::text[], %(addresses)s::text[], %(people)s::bigint[], %(stops)s::text[], %(ids)s::text[])
    as r(key, address, person_id, stop, message_id)
left join (select distinct address from mail_suppression where kind in ('', %(kind)s)) s on s.address = lower(r.address)
on conflict (key) do nothing
"""


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Somebody who gets a circular; the key makes it one mail, however often it is posted."""

    to: str
    person_id: int | None
    key: str


@transaction.atomic
def post_many(
    *, kind: str, to: Sequence[Addressee], subject: str, text: str, html: str = "", why: str = "", at: datetime
) -> int:
    """Write the mail once for each addressee, in the transaction of its cause and in the language that is active now.

    Gives the number of new mails. An address that can't stand in a header stops nobody else's mail; it gets none.
    """
    headline = letters.headline(subject)
    fine = [one for one in to if letters.is_in_one_line(one.to.strip())]
    # What differs from mail to mail is where one stops them: its place is held by a mark that nobody can have typed.
    mark = f"stop-{uuid4().hex}"
    context = around(why, unsubscribe=mark)
    domain = settings.MAIL_FROM.rpartition("@")[2]
    with connection.cursor() as cursor:
        cursor.execute(
            _POST,
            {
                "kind": kind,
                "subject": headline,
                "text": written(text, context),
                "html": rich(html, text, headline, context),
                "mark": mark,
                "at": at,
                "keys": [one.key for one in fine],
                "addresses": [one.to.strip() for one in fine],
                "people": [one.person_id for one in fine],
                "stops": [queries.unsubscribe_address(one.to.strip(), kind) for one in fine],
                "ids": [letters.message_id(key=one.key, domain=domain) for one in fine],
            },
        )
        new = int(cursor.rowcount)
    if new:
        publish(MailsQueued())
    return new
