"""News from the course team: kept on the run's page, and mailed to its learners."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.coursedoc.model import Text
from stoa.coursedoc.rendering import plain, render
from stoa.courseware.events import Announced
from stoa.courseware.models import Announcement, Enrolment
from stoa.kernel.bus import publish
from stoa.mail.actions import post

MAIL_KIND = "announcement"


@transaction.atomic
def announce(*, run: Run, by: Person, title: str, text: str, at: datetime) -> Announcement:
    """Tell the learners of a run something, on the site and by mail."""
    words = Text(source=text)
    html = render(words, links=_outside)
    letter = Announcement.objects.create(run=run, author=by, title=title.strip(), source=text, html=html, at=at)
    publish(Announced(announcement_id=letter.pk, run_id=run.pk))
    readable = plain(words)
    for enrolment in Enrolment.objects.filter(run=run, withdrawal=None).select_related("person"):
        _mail(letter, enrolment.person, readable, at)
    return letter


@transaction.atomic
def withdraw_announcement(*, announcement: Announcement) -> None:
    """Take an announcement off the site. Mails that left can't be called back."""
    announcement.delete()


def _mail(letter: Announcement, person: Person, readable: str, at: datetime) -> None:
    course, run = letter.run.course, letter.run
    where = f"{settings.SITE_URL}/courses/{course.slug}/runs/{run.code}/announcements/"
    with override(person.language or course.language):
        why = gettext("You get this mail because you are enrolled in %(course)s.") % {"course": course.title}
    post(
        kind=MAIL_KIND,
        to=person.email,
        person_id=person.pk,
        subject=f"{letter.title} · {course.title}",
        text=f"{readable}\n\n{where}",
        key=f"announcement-{letter.pk}-{person.pk}",
        why=why,
        at=at,
    )


def _outside(link: str) -> str | None:
    """Announcements link to other pages by whole addresses."""
    return link if link.startswith(("https://", "http://", "mailto:", "/")) else None
