"""Peer review of a run, for those who give the course."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, Place, Pulse, Review, StaffRead, Submission
from stoa.peer_review.queries.at_risk import OverdueRow, RiskView, overdue_rows, owner_in_words, risk_view
from stoa.peer_review.queries.durations import in_hours
from stoa.peer_review.queries.headings import Heading
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.staff_tabs import Tab, staff_heading, tabs_of
from stoa.peer_review.queries.words_got import GOT

State = Submission.State


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A figure with its denominator."""

    name: str
    figure: str
    of: str


@dataclass(frozen=True, kw_only=True)
class StateBar:
    """How many works are in a state."""

    name: str
    count: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """More work will need staff than staff can read."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AssignmentHealth:
    """How one assignment stands."""

    id: int
    title: str
    owner_says: str
    kpis: tuple[Kpi, ...]
    states: tuple[StateBar, ...]
    alarm: Alarm | None


@dataclass(frozen=True, kw_only=True)
class HealthPage:
    """Peer review of a run."""

    head: Heading
    tabs: tuple[Tab, ...]
    notices: Sequence[Notice]
    risk: RiskView
    overdue: tuple[OverdueRow, ...]
    assignments: tuple[AssignmentHealth, ...]


def peer_assignments(desk: Desk) -> list[Assignment]:
    """The assignments of the run that somebody reads."""
    rows = Assignment.objects.filter(run=desk.run_id).select_related("published", "responsible")
    return [row for row in rows.order_by("published__position") if {"peer", "staff"} & set(row.flow)]


def run_risk(desk: Desk, *, now: datetime) -> RiskView | None:
    """What of a run's peer review is at risk; None where peers review nothing in it."""
    assignments = peer_assignments(desk)
    return risk_view(desk, assignments, now=now) if assignments else None


def run_health_page(desk: Desk, *, now: datetime) -> HealthPage:
    """Everything about peer review in a run."""
    assignments = peer_assignments(desk)
    return HealthPage(
        head=staff_heading(desk, _("Peer review"), _("Peer review")),
        tabs=tabs_of(desk, assignments),
        notices=(),
        risk=risk_view(desk, assignments, now=now),
        overdue=overdue_rows(desk, assignments, now=now),
        assignments=tuple(_health(assignment) for assignment in assignments),
    )


def first_review_waits(assignment_ids: Sequence[int]) -> list[timedelta]:
    """How long each work waited for its first review, shortest first."""
    rows = (
        Review.objects.filter(assignment__in=assignment_ids, state__in=GOT)
        .values_list("submission", "submission__t0")
        .annotate(first=Min("submitted_at"))
        .order_by()
    )
    return sorted(max(first - t0, timedelta()) for _number, t0, first in rows if first)


def _health(assignment: Assignment) -> AssignmentHealth:
    places = Place.objects.filter(assignment=assignment)
    states = Counter(dict(places.values_list("state").annotate(n=Count("pk")).order_by()))
    pulse = Pulse.objects.filter(assignment=assignment).first()
    return AssignmentHealth(
        id=assignment.pk,
        title=assignment.published.title,
        owner_says=owner_in_words(assignment),
        kpis=tuple(_kpis(assignment, states, pulse)),
        states=tuple(_bars(states)),
        alarm=_alarm(pulse),
    )


def _kpis(assignment: Assignment, states: Counter[str], pulse: Pulse | None) -> Iterator[Kpi]:
    total = states.total()
    handed_in = ngettext("of %(n)s work handed in", "of %(n)s works handed in", total) % {"n": total}
    final = states[State.FINAL] + states[State.APPEAL] + states[State.REVIEWING]
    yield Kpi(name=_("Have their score"), figure=str(final), of=handed_in)
    waits = first_review_waits([assignment.pk])
    if waits:
        ninth = waits[min(len(waits) - 1, len(waits) * 9 // 10)]
        middle = timedelta(seconds=median(wait.total_seconds() for wait in waits))
        of = _("median to the first; 9 in 10 within %(time)s") % {"time": in_hours(ninth)}
        yield Kpi(name=_("Wait for a review"), figure=in_hours(middle), of=of)
    else:
        yield Kpi(name=_("Wait for a review"), figure="\N{EN DASH}", of=_("no review has come yet"))
    reads = StaffRead.objects.filter(assignment=assignment).aggregate(
        now=Count("pk", filter=Q(settled_at=None)), read=Count("pk", filter=Q(read_by__isnull=False))
    )
    coming = pulse.projected_staff_reads if pulse else 0
    said = _("read so far: %(read)s; coming, as it looks: %(coming)s") % {"read": reads["read"], "coming": coming}
    yield Kpi(name=_("In the staff queue"), figure=str(reads["now"]), of=said)
    breaches = states[State.NO_HARM]
    yield Kpi(name=_("Promises broken"), figure=str(breaches), of=_("left out of the score, never a zero"))


def _bars(states: Counter[str]) -> Iterator[StateBar]:
    most = max(states.values(), default=0)
    for state in State:
        if states[state]:
            yield StateBar(
                name=str(state.label).capitalize(), count=states[state], percent=round(100 * states[state] / most)
            )


def _alarm(pulse: Pulse | None) -> Alarm | None:
    if pulse is None or pulse.alarmed_at is None:
        return None
    return Alarm(
        title=_("More work will need you than you can read."),
        text=_("As it looks, %(n)s works will have no peer. Ask volunteers, or read the oldest now.")
        % {"n": pulse.projected_staff_reads},
    )
