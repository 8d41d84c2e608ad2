"""The fairness report: is the load even, do scores agree with staff, and what did appeals change?"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Anchor, Assignment, Place, Review, Score, Submission
from stoa.peer_review.queries.appeals import appeal_figures
from stoa.peer_review.queries.durations import in_hours
from stoa.peer_review.queries.headings import Heading
from stoa.peer_review.queries.health_page import Kpi, peer_assignments
from stoa.peer_review.queries.staff_tabs import Tab, staff_heading, tabs_of
from stoa.peer_review.queries.words_got import GOT
from stoa.peer_review.rules.evenness import gini

EVEN = 0.1
"""The Gini coefficient up to which reviews count as evenly spread, from thirty works on."""
FEWEST = 5
"""Groups with fewer works are not shown: they would tell of single people."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of figures."""

    title: str
    says: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """One assignment's report."""

    id: int
    title: str
    kpis: tuple[Kpi, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, kw_only=True)
class FairnessPage:
    """The reports of a run."""

    head: Heading
    tabs: tuple[Tab, ...]
    reports: tuple[Report, ...]


def fairness_page(desk: Desk) -> FairnessPage:
    """The fairness of every assignment of a run."""
    assignments = peer_assignments(desk)
    return FairnessPage(
        head=staff_heading(desk, _("Fairness report"), _("Fairness report")),
        tabs=tabs_of(desk, assignments),
        reports=tuple(_report(assignment) for assignment in assignments),
    )


def _report(assignment: Assignment) -> Report:
    works = list(Place.objects.filter(assignment=assignment).select_related("submission", "submission__score"))
    return Report(
        id=assignment.pk,
        title=assignment.published.title,
        kpis=tuple(_kpis(assignment, works)),
        tables=(_by_load(works), *_by_group(works)),
    )


def _kpis(assignment: Assignment, works: Sequence[Place]) -> Iterator[Kpi]:
    got = [place.done for place in works if place.on_time]
    even = gini(got)
    said = ngettext("Gini over %(n)s work on time", "Gini over %(n)s works on time", len(got)) % {"n": len(got)}
    aim = _("aim: 0.1 or less from 30 works on") if even > EVEN else _("even, by our aim of 0.1")
    yield Kpi(name=_("Reviews received"), figure=f"{even:.2f}", of=f"{said}; {aim}")
    given = Counter(
        Review.objects.filter(assignment=assignment, state__in=GOT)
        .exclude(role=Review.Role.STAFF)
        .values_list("reviewer", flat=True)
    )
    yield Kpi(name=_("Reviews given"), figure=f"{gini(list(given.values())):.2f}", of=_("Gini over those who gave any"))
    yield _agreement(assignment)
    figures = appeal_figures([assignment.pk])
    waited = in_hours(figures.median_wait) if figures.median_wait else "\N{EN DASH}"
    of = ngettext(
        "of %(n)s appeal changed the score; median answer %(wait)s",
        "of %(n)s appeals changed the score; median answer %(wait)s",
        figures.answered,
    )
    yield Kpi(name=_("Appeals"), figure=str(figures.changed), of=of % {"n": figures.answered, "wait": waited})


def _agreement(assignment: Assignment) -> Kpi:
    """How far peers' marks lie from those of staff, where both read a work picked by chance."""
    anchors = dict(Anchor.objects.filter(assignment=assignment).values_list("submission", "points"))
    marks = Review.objects.filter(submission__in=anchors, state__in=GOT, points__isnull=False).exclude(
        role=Review.Role.STAFF
    )
    apart = [(points or 0.0) - anchors[number] for number, points in marks.values_list("submission", "points")]
    if not apart:
        return Kpi(name=_("Peers against staff"), figure="\N{EN DASH}", of=_("no work was read by both yet"))
    of = ngettext("points, mean of %(n)s mark", "points, mean of %(n)s marks", len(apart)) % {"n": len(apart)}
    return Kpi(name=_("Peers against staff"), figure=f"{mean(apart):+.1f}", of=of)


def _by_load(works: Sequence[Place]) -> Table:
    counts = Counter(place.done for place in works)
    return Table(
        title=_("How many reviews works got"),
        says=_("All works of the assignment."),
        heads=(_("Reviews"), _("Works")),
        rows=tuple((str(number), str(counts[number])) for number in sorted(counts)),
    )


def _by_group(works: Sequence[Place]) -> Iterator[Table]:
    """Mean scores by what must play no part; groups of fewer than five works are left out."""
    kinds: tuple[tuple[str, Callable[[Place], str]], ...] = (
        (_("By language of the work"), lambda place: place.language or _("not said")),
        (_("By time of hand-in"), lambda place: _("on time") if place.on_time else _("late")),
    )
    for title, key in kinds:
        groups: dict[str, list[Place]] = {}
        for place in works:
            groups.setdefault(key(place), []).append(place)
        rows = [_row(name, places) for name, places in sorted(groups.items()) if len(places) >= FEWEST]
        if rows:
            says = _("A difference is no proof of unfairness; it says where to look.")
            heads = (_("Group"), _("Works"), _("Reviews each"), _("Mean score"))
            yield Table(title=title, says=says, heads=heads, rows=tuple(rows))


def _row(name: str, places: Sequence[Place]) -> tuple[str, ...]:
    scores = [score.points for place in places if (score := _score(place.submission)) is not None]
    reviews = mean(place.done for place in places)
    return (name, str(len(places)), f"{reviews:.1f}", f"{mean(scores):.0f}" if scores else "\N{EN DASH}")


def _score(work: Submission) -> Score | None:
    return getattr(work, "score", None)
