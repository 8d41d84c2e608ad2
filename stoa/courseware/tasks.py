"""Jobs of the worker: write the mails of announcements to runs with many learners."""

from procrastinate.contrib.django import app

from stoa.courseware.actions import mail_announcement
from stoa.courseware.events import MailingBegun
from stoa.courseware.models import Announcement
from stoa.kernel.bus import when
from stoa.kernel.clock import now


@app.task(name="courseware.mail_announcement", queue="mail")
def mail_the_rest(announcement_id: int, after: int) -> None:
    """Write the mails to the learners after this enrolment, unless the announcement was withdrawn meanwhile."""
    at = now()
    while after and (announcement := Announcement.objects.filter(pk=announcement_id).first()):
        after = mail_announcement(announcement=announcement, after=after, at=at)


@when(MailingBegun)
def mail_the_rest_soon(fact: MailingBegun) -> None:
    """Leave the rest to the worker; the job is kept, or undone, with the announcement itself."""
    mail_the_rest.defer(announcement_id=fact.announcement_id, after=fact.after)
