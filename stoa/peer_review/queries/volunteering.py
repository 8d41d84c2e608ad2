"""Reading for others: what one agrees to, and what waits now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, Place, Volunteer
from stoa.peer_review.queries.headings import Heading, address_of
from stoa.peer_review.queries.staff_tabs import staff_heading
from stoa.peer_review.rules.clock import DAYS, Rung
from stoa.peer_review.rules.promise import LADDER_DAYS, Promise


class NotForYou(Exception):
    """Only people who learn or learned in this course, or give it, read for others in it."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Work of an assignment that waits."""

    title: str
    says: str
    address: str


@dataclass(frozen=True, kw_only=True)
class VolunteerPage:
    """The consent, and what waits."""

    head: Heading
    address: str
    since: datetime | None
    offers: tuple[Offer, ...]


def kind_of(desk: Desk) -> Volunteer.Kind:
    """Where a volunteer comes from.

    Raises NotForYou.
    """
    if desk.team:
        return Volunteer.Kind.MENTOR
    seats = Enrolment.objects.filter(run__course=desk.course_id, person=desk.person_id)
    if not seats.exists():
        raise NotForYou
    return Volunteer.Kind.OTHER_RUN if not desk.enrolled else Volunteer.Kind.ALUMNI


def volunteer_page(desk: Desk, *, now: datetime) -> VolunteerPage:
    """The page of consent.

    Raises NotForYou.
    """
    kind_of(desk)
    mine = Volunteer.objects.filter(course=desk.course_id, person=desk.person_id).first()
    return VolunteerPage(
        head=staff_heading(desk, _("Read for others"), _("Read for others")),
        address=f"{desk.address}reading-for-others/",
        since=mine.agreed_at if mine else None,
        offers=tuple(_offers(desk, now)) if mine else (),
    )


def _offers(desk: Desk, now: datetime) -> Iterator[Offer]:
    for assignment in Assignment.objects.in_course().filter(run=desk.run_id).select_related("published"):
        promise = Promise(days=assignment.promise_days)
        since = now - promise.span * (DAYS[Rung.VOLUNTEERS] / LADDER_DAYS)
        waiting = Place.objects.filter(assignment=assignment, readable=True, effective=0, since__lte=since).count()
        if waiting:
            said = ngettext("%(n)s work waits for a first reader.", "%(n)s works wait for a first reader.", waiting)
            yield Offer(
                title=assignment.published.title,
                says=said % {"n": waiting},
                address=f"{address_of(desk, assignment)}reviews/",
            )
