"""Figures of an overview as chart specifications, in the reader's language."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stoa.insights.queries import captions
from stoa.insights.queries.counted import counted
from stoa.insights.queries.methods import method_of
from stoa.insights.queries.names import DIMENSIONS, ORDERED, name_of
from stoa.insights.queries.numbers import hidden, whole_name
from stoa.insights.rules.answers import Counts, Overview, Slice
from stoa.insights.rules.charts.specification import Chart, Kind, Row, Words
from stoa.insights.rules.dimensions import UNKNOWN, Dimension
from stoa.insights.rules.figures import Figure
from stoa.insights.rules.rates import Rate, Whole, rate_of

RECENT_DAYS, MOST_DAYS = 7, 56


@dataclass(frozen=True, kw_only=True)
class Group:
    """The registrations that a figure tells apart: how many in all, and of how many nobody knows the group."""

    rows: tuple[Row, ...]
    whole: int | None
    unknown: int | None
    """None where there is such a group and it is hidden."""

    @property
    def missing(self) -> Rate | None:
        """The share unknown."""
        return rate_of(self.unknown, self.whole, Whole.REGISTERED)

    @property
    def known(self) -> tuple[Row, ...]:
        """The rows without the unknown."""
        return tuple(row for row in self.rows if row.mark != "unknown")


def chart_of(figure: Figure, overview: Overview, *, as_kind: Kind | None = None) -> Chart:
    """A figure as it stands under the overview's choice, with all its rows."""
    kind = as_kind or figure.kind
    if figure.dimension:
        return _by_dimension(figure, figure.dimension, overview, kind)
    if figure.name == "funnel":
        return _funnel(figure, overview)
    made = {"credential": _credential, "population": _population, "days": _days}
    return made[figure.name](figure, overview, kind)


def title_of(figure: Figure) -> str:
    """What a figure is called."""
    if figure.kind is Kind.MAP:
        return _("Where learners are")
    if figure.dimension:
        return str(DIMENSIONS[figure.dimension])
    return {
        "funnel": _("From registering to the credential"),
        "credential": _("Earned the credential, of whom"),
        "days": _("Active learners a day"),
        "population": _("Education, beside the population"),
    }[figure.name]


def shown(chart: Chart, most: int) -> Chart:
    """The first rows only, with what is chosen among them."""
    if len(chart.rows) <= most:
        return chart
    kept = [row for place, row in enumerate(chart.rows) if place < most or row.mark == "chosen"]
    return replace(chart, rows=tuple(kept))


def grouped(dimension: Dimension, overview: Overview) -> Group:
    """The groups of a dimension: in their own order where they have one, else by size, the unknown last."""
    slices = overview.slices.get(dimension, ())
    # Under a choice of this very dimension the others' counts are still there, beside what is shown.
    chosen = dimension in overview.choice.keys
    whole = overview.wholes.get(dimension) if chosen else _registered(overview.shown)
    unknown = next((one for one in slices if one.key == UNKNOWN), None)
    return Group(
        rows=tuple(_row(one, dimension, overview, whole) for one in _in_order(dimension, slices)),
        whole=whole,
        unknown=0 if unknown is None else _registered(unknown.counts),
    )


def _in_order(dimension: Dimension, slices: Sequence[Slice]) -> list[Slice]:
    order = ORDERED.get(dimension, ())
    places = {key: place for place, key in enumerate(order)}

    def place(one: Slice) -> tuple[bool, int, int, str]:
        size = _registered(one.counts) or 0
        return one.key == UNKNOWN, places.get(one.key, len(order)), 0 if one.key in places else -size, one.key

    return sorted(slices, key=place)


def _row(one: Slice, dimension: Dimension, overview: Overview, whole: int | None) -> Row:
    value = _registered(one.counts)
    mark = "unknown" if one.key == UNKNOWN else "chosen" if one.key in overview.choice.of(dimension) else ""
    of = whole if value is not None and whole is not None and whole >= value else None
    return Row(key=one.key, label=name_of(dimension, one.key, overview.titles), value=value, of=of, mark=mark)


def _registered(counts: Counts | None) -> int | None:
    return counts.registered if counts else None


def _by_dimension(figure: Figure, dimension: Dimension, overview: Overview, kind: Kind) -> Chart:
    group = grouped(dimension, overview)
    estimated = dimension is Dimension.COUNTRY
    note = captions.unknown_note(group.missing, dimension, hidden=group.unknown is None)
    title = _("Where learners are") if kind is Kind.MAP else str(DIMENSIONS[dimension])
    return _chart(
        figure,
        overview,
        kind=kind,
        title=title,
        caption=captions.of_groups(group.known, group.missing, estimated=estimated),
        n=group.whole,
        unknown=group.unknown,
        estimated=estimated,
        rows=group.rows,
        note=_("Estimated · %(note)s") % {"note": note} if estimated else note,
    )


def _funnel(figure: Figure, overview: Overview) -> Chart:
    counts = overview.shown
    whole = _registered(counts)
    named = (
        ("registered", _("Registered")),
        ("participants", _("Participants")),
        ("explored", _("Explored")),
        ("certified", _("Certified")),
        ("verified_certified", _("Verified")),
    )
    values = asdict(counts) if counts else {}
    rows = tuple(Row(key=key, label=label, value=values.get(key), of=whole) for key, label in named)
    return _chart(
        figure,
        overview,
        kind=Kind.FUNNEL,
        title=title_of(figure),
        caption=captions.of_funnel(counts),
        n=whole,
        rows=rows,
        note=_("Shares of all registered; pale: the stage before"),
    )


def _credential(figure: Figure, overview: Overview, kind: Kind) -> Chart:
    rates = [rate for rate in credential_rates(overview.shown) if rate]
    rows = tuple(Row(key=rate.of, label=whole_name(rate.of), value=rate.part, of=rate.whole) for rate in rates)
    typical = typical_course(overview)
    return _chart(
        figure,
        overview,
        kind=kind,
        title=title_of(figure),
        caption=captions.of_credential(rates, typical),
        n=_registered(overview.shown),
        rows=rows,
        note=_("Each bar is a share of those it names"),
        per_cent=True,
    )


def credential_rates(counts: Counts | None) -> list[Rate | None]:
    """Who earned the credential, of five wholes, each with its name (R013)."""
    if counts is None:
        return []
    explored, certified = counts.explored, counts.certified
    if explored is not None and certified is not None and explored < certified:
        # Old tables hold some who earned it without having explored half.
        explored = None
    return [
        rate_of(counts.certified, counts.registered, Whole.REGISTERED),
        rate_of(counts.certified, counts.participants, Whole.PARTICIPANTS),
        rate_of(certified, explored, Whole.EXPLORED),
        rate_of(counts.intenders_certified, counts.intenders, Whole.INTENDERS),
        rate_of(counts.verified_certified, counts.verified, Whole.VERIFIED),
    ]


def typical_course(overview: Overview) -> tuple[int, dict[Whole, float]]:
    """The median over courses of each of the five rates, in hundredths, and how many courses there are."""
    courses = [one.counts for one in overview.slices.get(Dimension.COURSE, ()) if one.counts and one.key != UNKNOWN]
    found: dict[Whole, list[float]] = {}
    for counts in courses:
        for rate in credential_rates(counts):
            if rate and rate.per_cent is not None:
                found.setdefault(rate.of, []).append(100 * rate.part / rate.whole)
    return len(courses), {of: _median(values) for of, values in found.items()}


def _median(values: list[float]) -> float:
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _population(figure: Figure, overview: Overview, kind: Kind) -> Chart:
    """Who has a bachelor's degree or more among learners, beside the adults of their countries (R095)."""
    beside = overview.population
    rows: list[Row] = []
    if beside:
        expected = round(beside.expected)
        rows = [
            Row(key="learners", label=_("Bachelor or higher: learners"), value=beside.educated, of=beside.n),
            Row(key="adults", label=_("Bachelor or higher: adults there"), value=expected, of=beside.n, mark="beside"),
            Row(key="learners-below", label=_("Below: learners"), value=beside.n - beside.educated, of=beside.n),
            Row(
                key="adults-below",
                label=_("Below: adults there"),
                value=beside.n - expected,
                of=beside.n,
                mark="beside",
            ),
        ]
    return _chart(
        figure,
        overview,
        kind=kind,
        title=title_of(figure),
        caption=captions.of_population(beside),
        n=beside.n if beside else None,
        rows=tuple(rows),
        note=captions.population_note(beside),
        per_cent=True,
    )


def _days(figure: Figure, overview: Overview, kind: Kind) -> Chart:
    days = overview.days[-MOST_DAYS:]
    rows = tuple(
        Row(
            key=one.day.isoformat(),
            label=day_of(one.day),
            value=one.active,
            mark="recent" if place >= len(days) - RECENT_DAYS else "",
        )
        for place, one in enumerate(days)
    )
    return _chart(
        figure,
        overview,
        kind=kind,
        title=title_of(figure),
        caption=captions.of_days(rows),
        n=_registered(overview.shown),
        rows=rows,
        note=_("Days in UTC; the last seven dark"),
    )


def day_of(day: date) -> str:
    """28 Sep."""
    return str(date_format(day, "j M"))


def _chart(
    figure: Figure,
    overview: Overview,
    *,
    kind: Kind,
    title: str,
    caption: str,
    n: int | None,
    rows: tuple[Row, ...],
    note: str,
    unknown: int | None = None,
    estimated: bool = False,
    per_cent: bool = False,
) -> Chart:
    chart = Chart(
        kind=kind,
        name=figure.name,
        title=title,
        caption=caption,
        denominator=Whole.REGISTERED,
        n=n,
        unknown=unknown,
        estimated=estimated,
        rows=rows,
        choice=overview.choice.pairs(),
        view=overview.view,
        method=method_of(figure),
        words=Words(
            hidden=hidden(),
            note=note,
            foot=captions.foot(overview, n),
            per_cent=per_cent,
        ),
    )
    return counted(chart, overview)
