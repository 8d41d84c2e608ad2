"""Jobs of the worker: send what waits, and forget what mails said."""

from contextlib import suppress

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from stoa.kernel.bus import afterwards
from stoa.kernel.clock import now
from stoa.mail.actions import SmtpOffice, blank_old_mails, drain
from stoa.mail.actions.smtp import PostOffice, Shelf
from stoa.mail.events import MailsQueued
from stoa.mail.rules import servers


def post_office() -> PostOffice:
    """The mail server that the site names, or a shelf where it names none."""
    return SmtpOffice(servers.parse(settings.SMTP_URL)) if settings.SMTP_URL else Shelf()


@app.periodic(cron="* * * * *", periodic_id="outbox")
@app.task(name="mail.send", queue="mail", queueing_lock="mail.send", pass_context=False)
def send(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Empty the outbox: each minute, and as soon as a mail is written."""
    drain(office=post_office, clock=now, senders=settings.SMTP_CONNECTIONS)


@app.periodic(cron="23 3 * * *", periodic_id="old mails")
@app.task(name="mail.forget", queue="mail", queueing_lock="mail.forget")
def forget(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Delete the words of old mails, each night."""
    blank_old_mails(at=now())


@afterwards(MailsQueued)
def send_soon(_fact: MailsQueued) -> None:
    """Wake the worker; one waiting job is enough for any number of mails."""
    with suppress(AlreadyEnqueued):
        send.defer()
