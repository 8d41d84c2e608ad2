"""News from the course team: kept on the run's page, and mailed to its learners."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.coursedoc.model import Text
from stoa.coursedoc.rendering import plain, render
from stoa.courseware.events import Announced, MailingBegun
from stoa.courseware.models import Announcement, Enrolment
from stoa.kernel.bus import publish
from stoa.mail.actions import Addressee, post_many

MAIL_KIND = "announcement"


AT_ONCE = 5_000
"""Mails written by one statement; a run with more learners gets the rest from a job."""


@transaction.atomic
def announce(*, run: Run, by: Person, title: str, text: str, at: datetime) -> Announcement:
    """Tell the learners of a run something, on the site and by mail."""
    html = render(Text(source=text), links=_outside)
    letter = Announcement.objects.create(run=run, author=by, title=title.strip(), source=text, html=html, at=at)
    publish(Announced(announcement_id=letter.pk, run_id=run.pk))
    if last := mail_announcement(announcement=letter, after=0, at=at):
        publish(MailingBegun(announcement_id=letter.pk, after=last))
    return letter


@transaction.atomic
def withdraw_announcement(*, announcement: Announcement) -> None:
    """Take an announcement off the site. Mails that left can't be called back."""
    announcement.delete()


@transaction.atomic
def mail_announcement(*, announcement: Announcement, after: int, at: datetime) -> int:
    """Write the next learners' mails, in order of enrolments; gives the last one, or 0 when all are written."""
    theirs = Enrolment.objects.filter(run=announcement.run_id, withdrawal=None, pk__gt=after).order_by("pk")
    rows = theirs.values_list("pk", "person_id", "person__email", "person__language")[:AT_ONCE]
    by_language: dict[str, list[Addressee]] = defaultdict(list)
    last = written = 0
    for enrolment_id, person_id, email, language in rows:
        last, written = enrolment_id, written + 1
        addressee = Addressee(to=email, person_id=person_id, key=f"announcement-{announcement.pk}-{person_id}")
        by_language[language or announcement.run.course.language].append(addressee)
    for language, addressees in by_language.items():
        _mail(announcement, language, addressees, at)
    return last if written == AT_ONCE else 0


def _mail(letter: Announcement, language: str, to: Sequence[Addressee], at: datetime) -> None:
    course, run = letter.run.course, letter.run
    where = f"{settings.SITE_URL}/courses/{course.slug}/runs/{run.code}/announcements/"
    with override(language):
        post_many(
            kind=MAIL_KIND,
            to=to,
            subject=f"{letter.title} · {course.title}",
            text=f"{plain(Text(source=letter.source))}\n\n{where}",
            why=gettext("You get this mail because you are enrolled in %(course)s.") % {"course": course.title},
            at=at,
        )


def _outside(link: str) -> str | None:
    """Announcements link to other pages by whole addresses."""
    return link if link.startswith(("https://", "http://", "mailto:", "/")) else None
