"""Empty the outbox: each mail once, as far as SMTP allows.

A batch is leased, so that other senders leave it alone. Only the mail in hand is `sending`; its end and the beginning
of the next are one commit. Whoever is killed leaves one mail in doubt and the rest of the batch waiting.
"""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from stoa.mail import queries
from stoa.mail.actions.smtp import PostOffice, PostOfficeClosed
from stoa.mail.actions.suppressions import suppress
from stoa.mail.models import Mail, Suppression
from stoa.mail.rules import letters
from stoa.mail.rules.outcomes import Outcome, Verdict
from stoa.mail.rules.retries import next_try

log = logging.getLogger(__name__)

BATCH = 50
# Longer than the server's slowest answers to one mail. The rest of a batch is free again sooner: a sender that lost
# its lease notices before it begins the next mail.
IN_HAND, LEASED = timedelta(minutes=10), timedelta(minutes=2)
# A server that broke off may still be storing what it took.
DOUBT = timedelta(minutes=5)
_SENT_AND_NEXT = """
with done as (
    update mail_mail set state = 'sent', settled_at = %(at)s, lease = null, lease_until = null, answer = %(words)s
    where id = %(done)s and lease = %(lease)s
)
update mail_mail set state = 'sending', lease_until = %(in_hand)s, tries = tries + 1
where id = %(next)s and lease = %(lease)s and state = %(state)s returning id
"""
_ENDS = {
    Verdict.ACCEPTED: Mail.State.SENT,
    Verdict.REFUSED: Mail.State.FAILED,
    Verdict.NO_SUCH_ADDRESS: Mail.State.BOUNCED,
}


def drain(
    *, office: Callable[[], PostOffice], clock: Callable[[], datetime], batch: int = BATCH, senders: int = 1
) -> Counter[Verdict]:
    """Send what waits until nothing does; counts what became of the attempts.

    Several senders share the work, each with a connection of its own, where more waits than one batch.
    """
    doubt_the_abandoned(at=clock())
    together = -(-Mail.objects.waiting(clock())[: senders * batch].count() // batch)
    if together <= 1:
        return _send_all(office(), clock, batch, together=1)
    with ThreadPoolExecutor(together) as threads:
        tasks = [threads.submit(_send_apart, office(), clock, batch, together=together) for _ in range(together)]
    return sum((task.result() for task in tasks), Counter())


def _send_apart(office: PostOffice, clock: Callable[[], datetime], batch: int, *, together: int) -> Counter[Verdict]:
    """The same in a thread, which has a line of its own to the database."""
    try:
        return _send_all(office, clock, batch, together=together)
    finally:
        connection.close()


def _send_all(office: PostOffice, clock: Callable[[], datetime], batch: int, *, together: int) -> Counter[Verdict]:
    """Send one batch after the other; the last mails are shared among all who send together, so that none idles."""
    told: Counter[Verdict] = Counter()
    try:
        while not queries.on_hold() and (left := Mail.objects.waiting(clock())[: together * batch].count()):
            office.open()
            lease = uuid4()
            share = -(-left // together)
            _send_batch(claim(lease=lease, at=clock(), batch=share), lease, office, clock, told)
    except PostOfficeClosed as reason:
        log.warning("Mail waits: the mail server cannot be reached (%s).", reason)
    finally:
        office.close()
    return told


def doubt_the_abandoned(*, at: datetime) -> int:
    """Say of mails whose sender was killed in the middle that nobody knows; they are sent once more."""
    return Mail.objects.left_in_the_middle(at).update(
        state=Mail.State.UNKNOWN,
        doubts=F("doubts") + 1,
        settled_at=Case(When(doubts__gte=1, then=Value(at)), default=None),
        due_at=at,
        lease=None,
        lease_until=None,
        answer="the sender stopped before the server's answer was kept",
    )


@transaction.atomic
def claim(*, lease: UUID, at: datetime, batch: int) -> list[Mail]:
    """Lease the next mails to one sender; those no longer wanted are suppressed instead."""
    due = list(
        Mail.objects.waiting(at).order_by("-security", "due_at", "pk").select_for_update(skip_locked=True)[:batch]
    )
    unwanted = queries.suppressed_among(due)
    Mail.objects.filter(pk__in=unwanted).update(state=Mail.State.SUPPRESSED, settled_at=at)
    wanted = [mail for mail in due if mail.pk not in unwanted]
    Mail.objects.filter(pk__in=[mail.pk for mail in wanted]).update(lease=lease, lease_until=at + LEASED)
    return wanted


def _send_batch(
    mails: list[Mail], lease: UUID, office: PostOffice, clock: Callable[[], datetime], told: Counter[Verdict]
) -> None:
    done: tuple[Mail, Outcome] | None = None
    for mail in mails:
        begun = _turn(done, mail, lease, clock())
        done = None
        if not begun:
            continue
        try:
            done = (mail, _attempt(mail, office))
        except PostOfficeClosed:
            put_back(lease=lease)
            raise
        told[done[1].verdict] += 1
    if done:
        settle(mail=done[0], lease=lease, outcome=done[1], at=clock())


def _turn(done: tuple[Mail, Outcome] | None, mail: Mail, lease: UUID, at: datetime) -> bool:
    """Keep what became of one mail and take the next in hand, in one commit; false where the lease was lost."""
    if done and done[1].verdict is Verdict.ACCEPTED and not done[0].security:
        return _sent_and_next(done, mail, lease, at)
    with transaction.atomic():
        if done:
            settle(mail=done[0], lease=lease, outcome=done[1], at=at)
        return begin(mail=mail, lease=lease, at=at)


def _sent_and_next(done: tuple[Mail, Outcome], mail: Mail, lease: UUID, at: datetime) -> bool:
    """The ordinary turn in one statement, since there may be a hundred thousand of them."""
    sent, outcome = done
    with connection.cursor() as cursor:
        cursor.execute(
            _SENT_AND_NEXT,
            {
                "done": sent.pk,
                "words": outcome.words,
                "next": mail.pk,
                "state": mail.state,
                "at": at,
                "in_hand": at + IN_HAND,
                "lease": lease,
            },
        )
        return bool(cursor.fetchone())


def begin(*, mail: Mail, lease: UUID, at: datetime) -> bool:
    """Take the mail in hand, unless the lease has gone to another sender."""
    mine = Mail.objects.filter(pk=mail.pk, lease=lease, state=mail.state)
    return bool(mine.update(state=Mail.State.SENDING, lease_until=at + IN_HAND, tries=F("tries") + 1))


def put_back(*, lease: UUID) -> None:
    """Leave the rest of a batch to whoever comes next; the mail in hand was not begun."""
    mine = Mail.objects.filter(lease=lease)
    mine.filter(state=Mail.State.SENDING, doubts=0).update(state=Mail.State.QUEUED, tries=F("tries") - 1)
    mine.filter(state=Mail.State.SENDING).update(state=Mail.State.UNKNOWN, tries=F("tries") - 1)
    mine.update(lease=None, lease_until=None)


def settle(*, mail: Mail, lease: UUID, outcome: Outcome, at: datetime) -> None:
    """Keep what became of the attempt."""
    row = Mail.objects.filter(pk=mail.pk, lease=lease)
    facts: dict[str, object] = {"lease": None, "lease_until": None, "answer": outcome.words}
    row.update(**facts, **_next(mail, outcome, at))
    if outcome.verdict is Verdict.NO_SUCH_ADDRESS:
        suppress(address=mail.to, reason=Suppression.Reason.BOUNCED, at=at)
    elif outcome.verdict is Verdict.ACCEPTED and mail.security:
        # The address works again: what was suppressed as bounced may be sent.
        Suppression.objects.filter(address=mail.to.lower(), kind="", reason=Suppression.Reason.BOUNCED).delete()


def _next(mail: Mail, outcome: Outcome, at: datetime) -> dict[str, object]:
    if state := _ENDS.get(outcome.verdict):
        return {"state": state, "settled_at": at}
    if outcome.verdict is Verdict.UNKNOWN:
        again = mail.doubts == 0
        return {
            "state": Mail.State.UNKNOWN,
            "doubts": mail.doubts + 1,
            "due_at": at + DOUBT,
            "settled_at": None if again else at,
        }
    if due_at := next_try(tries=mail.tries + 1, at=at):
        return {"state": mail.state, "due_at": due_at}
    return {"state": Mail.State.FAILED, "settled_at": at}


def _attempt(mail: Mail, office: PostOffice) -> Outcome:
    try:
        message = letters.as_bytes(queries.letter(mail))
    except ValueError as reason:
        return Outcome(verdict=Verdict.REFUSED, words=f"not sent: {type(reason).__name__}: {reason}"[:500])
    return office.deliver(sender=settings.MAIL_FROM, to=mail.to, message=message)
