"""Work at risk of missing its promise, and work that has missed it: most urgent first, with what happens next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, Place, Pulse, Submission, Volunteer
from stoa.peer_review.queries.durations import in_hours, in_words
from stoa.peer_review.rules.clock import DAYS, Rung, rung_at
from stoa.peer_review.rules.promise import LADDER_DAYS, Promise

State = Submission.State
OPEN = (State.SUBMITTED, State.SCREEN, State.OPEN, State.URGENT, State.PROVISIONAL, State.STAFF)
LISTED = 20
"""Rows on a page; the queue of staff has them all."""
LAST_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class RiskRow:
    """A piece of work at risk."""

    title: str
    number: int
    waiting: str
    reviews: int
    next: str
    urgent: bool
    address: str
    history: str


@dataclass(frozen=True, kw_only=True)
class RiskView:
    """The list, and what is to be said of all other work."""

    rows: tuple[RiskRow, ...]
    count: int
    open: int
    promise: str
    says: str


@dataclass(frozen=True, kw_only=True)
class OverdueRow:
    """Work past its promised date, with who answers for it."""

    title: str
    number: int
    promised: datetime
    owner_says: str
    address: str


def risk_view(desk: Desk, assignments: Sequence[Assignment], *, now: datetime) -> RiskView:
    """What is at risk in a run."""
    places = at_risk(assignments, now=now)
    count = places.count()
    open_ = Place.objects.filter(assignment__in=assignments, state__in=OPEN).count()
    readers = Volunteer.objects.filter(course=desk.course_id).count()
    days = {assignment.promise_days for assignment in assignments}
    promised = ngettext("Promise: a score within %(n)s day", "Promise: a score within %(n)s days", max(days, default=7))
    return RiskView(
        rows=tuple(_row(desk, place, readers, now) for place in places[:LISTED]),
        count=count,
        open=open_,
        promise=promised % {"n": max(days, default=7)},
        says=_others(assignments, open_ - count),
    )


def at_risk(assignments: Iterable[Assignment], *, now: datetime) -> QuerySet[Place]:
    """Places of work that nobody reads though three days have passed, that staff must read, or whose day has come."""
    waits = Q()
    for assignment in assignments:
        promise = Promise(days=assignment.promise_days)
        long_ago = now - promise.span * (DAYS[Rung.VOLUNTEERS] / LADDER_DAYS)
        last_day = now - promise.span + LAST_DAY
        unread = Q(effective=0, since__lte=long_ago)
        waits |= Q(assignment=assignment) & (unread | Q(state__in=(State.URGENT, State.STAFF)) | Q(since__lte=last_day))
    found = Place.objects.filter(waits) if waits else Place.objects.none()
    return (
        found.filter(state__in=OPEN)
        .select_related("submission", "assignment__published")
        .order_by("-on_time", "done", "since", "pk")
    )


def overdue_rows(desk: Desk, assignments: Iterable[Assignment], *, now: datetime) -> tuple[OverdueRow, ...]:
    """Work past its promised date, the oldest first."""
    rows = Place.objects.filter(
        assignment__in=assignments, state__in=OPEN, on_time=True, submission__promised_at__lt=now
    ).select_related("submission", "assignment__published", "assignment__responsible")
    return tuple(
        OverdueRow(
            title=place.assignment.published.title,
            number=place.pk,
            promised=place.submission.promised_at,
            owner_says=owner_in_words(place.assignment),
            address=read_address(desk, place.pk),
        )
        for place in rows.order_by("submission__promised_at")[:LISTED]
    )


def owner_in_words(assignment: Assignment) -> str:
    """Who answers for the assignment."""
    if assignment.responsible is None:
        return _("Nobody is responsible for it yet.")
    return _("%(name)s is responsible for it.") % {"name": assignment.responsible.display_name}


def read_address(desk: Desk, number: int) -> str:
    """Where staff read a work."""
    return f"{desk.address}peer-review/works/{number}/"


def _row(desk: Desk, place: Place, readers: int, now: datetime) -> RiskRow:
    says, urgent = _next(place, readers, now)
    return RiskRow(
        title=place.assignment.published.title,
        number=place.pk,
        waiting=in_words(now - place.since),
        reviews=place.done,
        next=says,
        urgent=urgent,
        address=read_address(desk, place.pk),
        history=f"{read_address(desk, place.pk)}history/",
    )


def _next(place: Place, readers: int, now: datetime) -> tuple[str, bool]:
    promise = Promise(days=place.assignment.promise_days)
    if place.state == State.SCREEN:
        return _("Can't be opened: its author is asked"), True
    if place.state == State.STAFF:
        return _("In your queue now"), True
    if place.done:
        left = rung_at(Rung.FINAL, since=place.since, promise=promise) - now
        said = ngettext("Final with %(n)s review in %(time)s", "Final with %(n)s reviews in %(time)s", place.done)
        return said % {"n": place.done, "time": in_hours(max(left, timedelta()))}, False
    left = rung_at(Rung.STAFF, since=place.since, promise=promise) - now
    if left <= 2 * LAST_DAY:
        return _("Staff queue in %(time)s") % {"time": in_hours(max(left, timedelta()))}, True
    said = ngettext("Offered first to %(n)s volunteer", "Offered first to %(n)s volunteers", readers)
    return (said % {"n": readers} if readers else _("Given to whoever reads next")), False


def _others(assignments: Sequence[Assignment], on_time: int) -> str:
    """608 other works are on time. Reviews made a day: 214. No capacity alarm."""
    pulses = Pulse.objects.filter(assignment__in=assignments)
    made = pulses.aggregate(sum=Sum("completed"))["sum"] or 0
    alarms = pulses.filter(alarmed_at__isnull=False).count()
    others = ngettext("%(n)s other work is on time.", "%(n)s other works are on time.", on_time) % {
        "n": number_format(on_time, use_l10n=True, force_grouping=True)
    }
    daily = _("Reviews in the last day: %(n)s.") % {"n": number_format(made, use_l10n=True, force_grouping=True)}
    alarm = ngettext("%(n)s capacity alarm.", "%(n)s capacity alarms.", alarms) % {"n": alarms}
    return f"{others} {daily} {alarm if alarms else _('No capacity alarm.')}"
