"""Five metrics, each on a map, as bars or as a pie: what the world asked first of MOOCs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from stoa.insights.queries import captions
from stoa.insights.queries.charts import chart_of
from stoa.insights.queries.names import name_of
from stoa.insights.queries.numbers import in_full
from stoa.insights.rules.answers import Counts, Overview, Slice
from stoa.insights.rules.charts.specification import Chart, Kind, Row
from stoa.insights.rules.dimensions import UNKNOWN, Choice, Dimension
from stoa.insights.rules.figures import FIGURES
from stoa.insights.rules.rates import Whole, rate_of

Asks = Callable[[Choice], Overview]

EDUCATED: Final = ("bachelor", "master", "doctorate")
YOUNG: Final = ("0-12", "13-17", "18-24")
KINDS: Final[Mapping[Kind, Promise]] = {
    Kind.MAP: later("Map"),
    Kind.BARS: later("Bars"),
    Kind.PIE: later("Pie"),
}
_FEW_SLICES: Final = 6


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric: the figure behind its bars and pie; on a map the share of `keys` in its dimension, by country."""

    name: str
    title: Promise
    figure: str
    keys: tuple[str, ...] = ()
    on_map: Promise


METRICS: Final[Mapping[str, Metric]] = {
    metric.name: metric
    for metric in (
        Metric(
            name="registration",
            title=later("Registration"),
            figure="countries",
            on_map=later("Registered, by country"),
        ),
        Metric(
            name="credential",
            title=later("Earned the credential"),
            figure="countries",
            on_map=later("Earned the credential, by country"),
        ),
        Metric(
            name="education",
            title=later("Education"),
            figure="education",
            keys=EDUCATED,
            on_map=later("Bachelor or higher, of those who said, by country"),
        ),
        Metric(
            name="gender",
            title=later("Gender"),
            figure="gender",
            keys=("f",),
            on_map=later("Women, of those who said, by country"),
        ),
        Metric(
            name="age",
            title=later("Age"),
            figure="age",
            keys=YOUNG,
            on_map=later("Under 25, of those who said, by country"),
        ),
    )
}


def charted(metric: Metric, kind: Kind, choice: Choice, asks: Asks) -> Chart:
    """The metric as one chart."""
    overview = asks(choice)
    chart = chart_of(FIGURES[metric.figure], overview, as_kind=kind)
    if metric.name == "credential":
        chart = _credential(chart, overview)
    elif kind is Kind.MAP and metric.keys:
        chart = _share_by_country(metric, overview, asks)
    return _few(chart) if kind is Kind.PIE else chart


def _credential(chart: Chart, overview: Overview) -> Chart:
    """By country, how many earned it, of how many participants."""
    counts = {one.key: one.counts for one in overview.slices.get(Dimension.COUNTRY, ())}
    rows = tuple(_earned(row, counts.get(row.key)) for row in chart.rows)
    shown = overview.shown or Counts()
    whole = rate_of(shown.certified, shown.participants, Whole.PARTICIPANTS)
    caption = _("Earned the credential: %(rate)s.") % {"rate": in_full(whole)} if whole else captions.nothing()
    return replace(
        chart,
        title=_("Earned the credential, by country"),
        caption=caption,
        denominator=Whole.PARTICIPANTS,
        n=shown.participants,
        rows=tuple(sorted(rows, key=lambda row: (row.mark == "unknown", -(row.value or 0), row.key))),
    )


def _earned(row: Row, counts: Counts | None) -> Row:
    if counts is None or counts.certified is None or counts.participants is None:
        return replace(row, value=None, of=None)
    return replace(row, value=counts.certified, of=max(counts.participants, counts.certified) or None)


def _share_by_country(metric: Metric, overview: Overview, asks: Asks) -> Chart:
    """Two questions: who belongs to the groups, and who said anything."""
    dimension = FIGURES[metric.figure].dimension or Dimension.COUNTRY
    known = tuple(sorted(one.key for one in overview.slices.get(dimension, ()) if one.key != UNKNOWN))
    part = asks(_with(overview.choice, dimension, metric.keys))
    whole = asks(_with(overview.choice, dimension, known))
    wholes = _registered(whole.slices.get(Dimension.COUNTRY, ()))
    parts = _registered(part.slices.get(Dimension.COUNTRY, ()))
    rows = [_row(key, parts.get(key, 0), number, overview) for key, number in wholes.items()]
    base = chart_of(FIGURES["map"], overview)
    said = rate_of(_all(part), _all(whole), Whole.SAID)
    caption = _("%(what)s: %(rate)s.") % {"what": metric.on_map, "rate": in_full(said)} if said else base.caption
    return replace(
        base,
        name=metric.name,
        title=str(metric.on_map),
        caption=caption,
        denominator=Whole.SAID,
        n=said.whole if said else None,
        rows=tuple(sorted(rows, key=lambda row: (row.mark == "unknown", -(row.value or 0), row.key))),
        words=replace(base.words, per_cent=True),
    )


def _row(key: str, part: int | None, whole: int | None, overview: Overview) -> Row:
    there = part is not None and whole is not None and whole >= part
    return Row(
        key=key,
        label=name_of(Dimension.COUNTRY, key, overview.titles),
        value=part if there else None,
        of=whole or None if there else None,
        mark="unknown" if key == UNKNOWN else "",
    )


def questions_of(metric: Metric, kind: Kind, overview: Overview) -> list[tuple[str, Choice]]:
    """The tables that the figure is made of: by which dimension, under which choice."""
    dimension = FIGURES[metric.figure].dimension or Dimension.COUNTRY
    if kind is not Kind.MAP or not metric.keys:
        by = Dimension.COUNTRY if kind is Kind.MAP else dimension
        return [(by.value, overview.choice)]
    known = tuple(sorted(one.key for one in overview.slices.get(dimension, ()) if one.key != UNKNOWN))
    chosen = (metric.keys, known)
    return [(Dimension.COUNTRY.value, _with(overview.choice, dimension, keys)) for keys in chosen]


def _all(overview: Overview) -> int | None:
    return overview.shown.registered if overview.shown else None


def _registered(slices: tuple[Slice, ...]) -> dict[str, int | None]:
    return {one.key: one.counts.registered if one.counts else None for one in slices}


def _with(choice: Choice, dimension: Dimension, keys: tuple[str, ...]) -> Choice:
    return Choice(keys={**choice.without(dimension).keys, dimension: tuple(sorted(keys))}) if keys else choice


def _few(chart: Chart) -> Chart:
    """A pie of more than six slices says nothing: the smaller ones stand together."""
    shown = [row for row in chart.rows if row.value]
    if len(shown) <= _FEW_SLICES:
        return replace(chart, rows=tuple(shown))
    first, rest = shown[: _FEW_SLICES - 1], shown[_FEW_SLICES - 1 :]
    total = sum(row.value or 0 for row in rest)
    of = chart.n if chart.n and chart.n >= total else None
    others = Row(key="others", label=_("All others"), value=total, of=of)
    return replace(chart, rows=(*first, others))
