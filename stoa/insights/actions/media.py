"""Staff are told when media fail in a country, once, and once more when it is over (R093)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from stoa.accounts.models import Person
from stoa.catalogue.models import Run
from stoa.courseware.queries import course_key
from stoa.insights.models import MediaWarning
from stoa.insights.queries.media import country_of, failed_of
from stoa.insights.queries.numbers import in_full
from stoa.insights.rules.answers import Media, MediaGroup
from stoa.insights.rules.media import FEWEST, fails, is_calm
from stoa.mail.actions import post

MAIL_KIND = "media-warning"
Words = Callable[[MediaGroup], tuple[str, str]]


def heed_media(*, answer: Media, at: datetime) -> None:
    """Begin a warning for each country in which media fail now, end those of countries where they no longer do."""
    opened = {one.country: one for one in MediaWarning.objects.filter(ended_at=None)}
    for group in answer.groups:
        if fails(group) and group.key not in opened:
            _begin(group, at)
        elif is_calm(group) and group.key in opened:
            _end(opened[group.key], group, at)


@transaction.atomic
def _begin(group: MediaGroup, at: datetime) -> None:
    warning, new = MediaWarning.objects.get_or_create(
        country=group.key,
        ended_at=None,
        defaults={
            "began_at": at,
            "failed": group.failures or 0,
            "tried": group.tries or 0,
            "courses": list(group.courses),
        },
    )
    if new:
        _tell(warning, group, "begins", _beginning, at)


@transaction.atomic
def _end(warning: MediaWarning, group: MediaGroup, at: datetime) -> None:
    if MediaWarning.objects.filter(pk=warning.pk, ended_at=None).update(ended_at=at):
        _tell(warning, group, "ends", _ending, at)


def _tell(warning: MediaWarning, group: MediaGroup, part: str, words: Words, at: datetime) -> None:
    for person in _to_whom(warning.courses):
        with override(person.language or settings.LANGUAGE_CODE):
            subject, said = words(group)
            post(
                kind=MAIL_KIND,
                to=person.email,
                person_id=person.pk,
                subject=subject,
                text=f"{said}\n\n{settings.SITE_URL}/insights/media/?view=team",
                key=f"{MAIL_KIND}-{warning.pk}-{part}-{person.pk}",
                why=_("You get this mail because you run courses whose MOOC videos were tried there."),
                at=at,
            )


def _beginning(group: MediaGroup) -> tuple[str, str]:
    failed = failed_of(group)
    said = {"country": country_of(group.key), "rate": in_full(failed) if failed else "", "fewest": FEWEST}
    found = _(
        "In the last day up to the last event, %(rate)s failed in: %(country)s. A try is a learner with a MOOC "
        "video on a day. You are told where more than 30 of 100 fail of at least %(fewest)s tries. You get another "
        "mail when it is over, and none in between."
    )
    advice = _(
        "Perhaps the server of the MOOC videos is blocked or cannot be reached there. Offer another source, or a "
        "smaller file, and tell learners that they may go on with the transcript."
    )
    return _("MOOC videos fail in: %(country)s") % said, f"{found % said}\n\n{advice}"


def _ending(group: MediaGroup) -> tuple[str, str]:
    failed = failed_of(group)
    said = {"country": country_of(group.key), "rate": in_full(failed) if failed else ""}
    return (
        _("MOOC videos work again in: %(country)s") % said,
        _("It is over: in the last day up to the last event, %(rate)s failed in: %(country)s.") % said,
    )


def _to_whom(courses: Iterable[str]) -> list[Person]:
    """Administrators, and the staff of the organisations whose courses it touches; each once."""
    keys = set(courses)
    rows = Run.objects.values_list("course__organisation", "course__organisation__slug", "course__code", "code")
    theirs = {pk for pk, slug, course, run in rows if course_key(organisation=slug, course=course, run=run) in keys}
    asked = Q(is_superuser=True) | Q(staff_of__organisation__in=theirs)
    return list(Person.objects.filter(asked, is_active=True).distinct().order_by("pk"))
