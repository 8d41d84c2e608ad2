"""The fairness report: is the load even, do scores agree with staff, and what did appeals change?"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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
from stoa.peer_review.rules.allocation import Credit
from stoa.peer_review.rules.fairness import Bias, Scored, bias_by, coverage, error, evenest, gini

EVEN = 0.1
"""The Gini coefficient up to which reviews count as evenly spread, from thirty works on."""
_NONE = "\N{EN DASH}"


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
    scored = _scored(works)
    return Report(
        id=assignment.pk,
        title=assignment.published.title,
        kpis=tuple(_kpis(assignment, works, scored)),
        tables=(_by_load(works), *_by_group(works, scored)),
    )


def _scored(works: Sequence[Place]) -> list[Scored]:
    """Scored works, with what staff found where they read one."""
    anchors = dict(
        Anchor.objects.filter(submission__in=[place.pk for place in works]).values_list("submission", "points")
    )
    pairs = ((place, _score(place.submission)) for place in works)
    return [
        Scored(
            submission=str(place.pk), score=score.points, staff=anchors.get(place.pk), low=score.low, high=score.high
        )
        for place, score in pairs
        if score is not None
    ]


def _kpis(assignment: Assignment, works: Sequence[Place], scored: Sequence[Scored]) -> Iterator[Kpi]:
    yield from _received(works)
    given = Counter(
        Review.objects.filter(assignment=assignment, state__in=GOT)
        .exclude(role=Review.Role.STAFF)
        .values_list("reviewer", flat=True)
    )
    yield Kpi(name=_("Reviews given"), figure=f"{gini(list(given.values())):.2f}", of=_("Gini over those who gave any"))
    yield from _agreement(scored)
    figures = appeal_figures([assignment.pk])
    waited = in_hours(figures.median_wait) if figures.median_wait else _NONE
    of = ngettext(
        "of %(n)s appeal changed the score; median answer %(wait)s",
        "of %(n)s appeals changed the score; median answer %(wait)s",
        figures.answered,
    )
    yield Kpi(name=_("Appeals"), figure=str(figures.changed), of=of % {"n": figures.answered, "wait": waited})


def _received(works: Sequence[Place]) -> Iterator[Kpi]:
    """How evenly reviews were received: among contributors, for whom the aim holds, and over all work on time."""
    on_time = [place for place in works if place.on_time]
    full = [place.done for place in on_time if place.credit == Credit.FULL]
    if full:
        even = gini(full)
        said = ngettext(
            "Gini over %(n)s work on time whose authors gave all their reviews",
            "Gini over %(n)s works on time whose authors gave all their reviews",
            len(full),
        ) % {"n": len(full)}
        aim = _("aim: 0.1 or less from 30 works on") if even > EVEN else _("even, by our aim of 0.1")
        yield Kpi(name=_("Reviews received"), figure=f"{even:.2f}", of=f"{said}; {aim}")
    if len(full) < len(on_time) or not on_time:
        got = [place.done for place in on_time]
        every = ngettext("Gini over %(n)s work on time", "Gini over %(n)s works on time", len(got)) % {"n": len(got)}
        least = _("so many reviews can't be spread below %(least)s; who gave reviews comes first, by design") % {
            "least": f"{evenest(sum(got), len(got)):.2f}"
        }
        yield Kpi(name=_("Reviews received, by all"), figure=f"{gini(got):.2f}", of=f"{every}; {least}")


def _agreement(scored: Sequence[Scored]) -> Iterator[Kpi]:
    """How far scores lie from what staff found, and how often the interval holds it."""
    read = sum(work.staff is not None for work in scored)
    off, held = error(scored), coverage(scored)
    if off is None or held is None:
        yield Kpi(name=_("Scores against staff"), figure=_NONE, of=_("no scored work was read by staff yet"))
        return
    of = ngettext("points apart, over %(n)s work", "points apart, over %(n)s works", read) % {"n": read}
    inside = _("%(share)s %% inside the interval") % {"share": round(100 * held)}
    yield Kpi(name=_("Scores against staff"), figure=f"{off:.1f}", of=f"{of}; {inside}")


def _by_load(works: Sequence[Place]) -> Table:
    counts = Counter(place.done for place in works)
    return Table(
        title=_("How many reviews works got"),
        says=_("All works of the assignment."),
        heads=(_("Reviews"), _("Works")),
        rows=tuple((str(number), str(counts[number])) for number in sorted(counts)),
    )


def _by_group(works: Sequence[Place], scored: Sequence[Scored]) -> Iterator[Table]:
    """By how much scores miss what staff found, by what must play no part; fewer than five works name people."""
    kinds: tuple[tuple[str, Callable[[Place], str]], ...] = (
        (_("By language of the work"), lambda place: place.language or _("not said")),
        (_("By time of hand-in"), lambda place: _("on time") if place.on_time else _("late")),
    )
    for title, key in kinds:
        found = bias_by(scored, {str(place.pk): key(place) for place in works})
        if found:
            says = _("Scores less what staff found, in points; an interval without 0 says that it is hardly chance.")
            heads = (_("Group"), _("Works"), _("Points"), _("90 in 100"))
            yield Table(title=title, says=says, heads=heads, rows=tuple(_row(bias) for bias in found))


def _row(bias: Bias) -> tuple[str, ...]:
    return (bias.group, str(bias.count), f"{bias.points:+.1f}", f"{bias.low:+.1f} … {bias.high:+.1f}")


def _score(work: Submission) -> Score | None:
    return getattr(work, "score", None)
