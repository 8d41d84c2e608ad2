"""Put a mail into the outbox, for one or for many."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from stoa.mail.actions.rows import Addressee, put, words
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
    addressee = Addressee(to=letters.in_one_line(to.strip()), person_id=person_id, key=key)
    said = words(kind=kind, security=security, subject=subject, text=text, html=html, why=why)
    put(said, [addressee], at=at)
    return Mail.objects.get(key=key)


@transaction.atomic
def post_many(
    *, kind: str, to: Sequence[Addressee], subject: str, text: str, html: str = "", why: str = "", at: datetime
) -> int:
    """Write the same mail to many by one statement, in the transaction of its cause; gives the number of new mails.

    An address that can't stand in a header stops nobody else's mail; it gets none.
    """
    fine = [one for one in to if letters.is_in_one_line(one.to)]
    said = words(kind=kind, security=False, subject=subject, text=text, html=html, why=why)
    return put(said, fine, at=at)
