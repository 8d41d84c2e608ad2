"""Charts as pages show them: cards with links, a table, files to take along."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.addresses import Address
from stoa.insights.queries.charts import chart_of, shown
from stoa.insights.queries.numbers import count, per_cent
from stoa.insights.queries.shapes import shapes
from stoa.insights.rules.answers import Overview
from stoa.insights.rules.charts import bars, colonnade, days, funnel, heat, lines, pie, world
from stoa.insights.rules.charts.specification import Chart, Kind, Row
from stoa.insights.rules.dimensions import Dimension
from stoa.insights.rules.figures import MOST_ROWS, Figure
from stoa.insights.rules.rates import Rate, Whole

FORMS = ("csv", "parquet", "json", "sql", "svg")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row of a figure as a page shows it."""

    label: str
    figure: str
    share: str
    width: float
    colour: str
    chosen: bool
    worst: bool
    url: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """A figure on a board."""

    chart: Chart
    figure: Figure
    bars: tuple[Bar, ...]
    drawing: SafeString
    key: tuple[world.Step, ...]
    columns: tuple[funnel.Column, ...]
    links: Mapping[str, str]
    more: str

    @property
    def template(self) -> str:
        """What shows this kind of chart."""
        return f"insights/charts/_{self.chart.kind}.html"

    @property
    def stages(self) -> list[tuple[Bar, funnel.Column]]:
        """The stages of a funnel."""
        return list(zip(self.bars, self.columns, strict=True))

    @property
    def width(self) -> int:
        """How wide a row of pillars is."""
        return colonnade.width(self.chart)

    @property
    def series(self) -> list[str]:
        """The names of its lines, where there is more than one."""
        names = list(lines.series(self.chart)) if self.chart.kind is Kind.LINES else []
        return names if len(names) > 1 else []

    @property
    def filtered(self) -> bool:
        """True where one of the rows is chosen."""
        return any(bar.chosen for bar in self.bars)


def card_of(figure: Figure, overview: Overview, address: Address, *, most: int = MOST_ROWS) -> Card:
    """A figure with its links."""
    whole = chart_of(figure, overview)
    return card_from(whole, figure, overview, address, most=most)


def card_from(chart: Chart, figure: Figure, overview: Overview, address: Address, *, most: int = MOST_ROWS) -> Card:
    """A chart as a card."""
    limited = chart if chart.kind in {Kind.MAP, Kind.DAYS} else shown(chart, most)
    links = {
        row.key: address.toggled(overview.choice, figure.dimension, row.key)
        for row in chart.rows
        if figure.dimension and row.value is not None
    }
    files = {form: address.figure(figure.name, overview.choice, form=form) for form in FORMS}
    return Card(
        chart=limited,
        figure=figure,
        bars=tuple(bars_of(limited, links)),
        drawing=mark_safe(_DRAWINGS.get(chart.kind, _nothing)(chart, links)),  # noqa: S308 -- escaped where it is drawn
        key=tuple(world.key(chart)) if chart.kind is Kind.MAP else (),
        columns=tuple(funnel.columns(chart)) if chart.kind is Kind.FUNNEL else (),
        links=files | {"page": address.figure(figure.name, overview.choice)},
        more=_more(chart, figure) if len(limited.rows) < len(chart.rows) else "",
    )


def card_alone(chart: Chart, links: Mapping[str, str], *, ways: Mapping[str, str] | None = None) -> Card:
    """A chart outside a board: `links` are its files, `ways` where its rows lead, if anywhere."""
    return Card(
        chart=chart,
        figure=Figure(name=chart.name, kind=chart.kind),
        bars=tuple(bars_of(chart, ways or {})),
        drawing=mark_safe(_DRAWINGS.get(chart.kind, _nothing)(chart, ways or {})),  # noqa: S308 -- escaped where it is drawn
        key=tuple(world.key(chart)) if chart.kind is Kind.MAP else (),
        columns=tuple(funnel.columns(chart)) if chart.kind is Kind.FUNNEL else (),
        links=links,
        more="",
    )


def bars_of(chart: Chart, links: Mapping[str, str]) -> Iterator[Bar]:
    """The rows as a list shows them."""
    for place, (row, width) in enumerate(zip(chart.rows, bars.extents(chart), strict=True)):
        yield Bar(
            label=row.label,
            figure=chart.words.hidden if row.value is None else count(row.value),
            share=_share(row, chart),
            width=width,
            colour=pie.colour_of(row, place),
            chosen=row.mark == "chosen",
            worst=row.mark == "worst",
            url=links.get(row.key, ""),
        )


def _share(row: Row, chart: Chart) -> str:
    if row.value is None or not row.of:
        return ""
    rate = Rate(part=int(row.value), whole=row.of, of=Whole.SAID)
    of = _("of %(n)s") % {"n": count(row.of)}
    return f"{per_cent(rate)} {of}" if chart.words.per_cent else per_cent(rate)


def _more(chart: Chart, figure: Figure) -> str:
    rows = len([row for row in chart.rows if row.mark != "unknown"])
    if figure.dimension is Dimension.COUNTRY:
        return ngettext("All %(n)s countries", "All %(n)s countries", rows) % {"n": count(rows)}
    return _("All %(n)s") % {"n": count(rows)}


def _nothing(chart: Chart, links: Mapping[str, str]) -> str:
    del chart, links
    return ""


def _world(chart: Chart, links: Mapping[str, str]) -> str:
    asset = static("vendor/world.svg")
    rest = world.unlinked(tuple(shapes()), chart, asset)
    return f'<g class="m0">{rest}</g>{world.linked(chart, links, asset)}'


_DRAWINGS: Mapping[Kind, Callable[[Chart, Mapping[str, str]], str]] = {
    Kind.MAP: _world,
    Kind.PIE: pie.ring,
    Kind.DAYS: lambda chart, _links: days.picture(chart),
    Kind.LINES: lambda chart, _links: lines.picture(chart),
    Kind.COLONNADE: lambda chart, _links: colonnade.pillars(chart),
    Kind.HEAT: lambda chart, _links: heat.cells(chart),
}
