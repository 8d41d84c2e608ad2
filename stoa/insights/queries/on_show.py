"""Every kind of chart in every state, with invented figures, for the page that shows the whole look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sin
from typing import Final

from stoa.insights.queries.cards import Card, card_alone
from stoa.insights.rules.charts.specification import Chart, Kind, Method, Row, Words
from stoa.insights.rules.rates import Whole

WHOLE: Final = 84_210
COUNTRIES: Final = {"IN": 14_120, "US": 11_840, "NG": 3_270, "KE": 842, "BR": 319, "EG": 83, "FJ": 12}
NAMES: Final = {"IN": "India", "US": "United States", "NG": "Nigeria", "KE": "Kenya", "BR": "Brazil", "EG": "Egypt"}


@dataclass(frozen=True, kw_only=True)
class OnShow:
    """A kind of chart: what it is called, and how it looks in each state."""

    name: str
    states: tuple[tuple[str, Card], ...]


def charts_on_show() -> list[OnShow]:
    """All kinds that have a template of their own; the spark line stands in the row of figures."""
    return [
        OnShow(name=kind.value, states=tuple(_card(state, chart) for state, chart in _states(kind)))
        for kind in Kind
        if kind is not Kind.SPARK
    ]


def _card(state: str, chart: Chart) -> tuple[str, Card]:
    """As on a board, where rows are links."""
    named = replace(chart, name=f"{chart.kind}-{state.replace(' ', '-')}")
    linked = chart.kind in {Kind.BARS, Kind.PIE, Kind.MAP}
    ways = {row.key: f"#chart-{chart.kind}" for row in chart.rows} if linked else {}
    return state, card_alone(named, {}, ways=ways)


def _states(kind: Kind) -> Iterator[tuple[str, Chart]]:
    normal = _chart(kind, _rows(kind))
    yield "normal", normal
    if kind in {Kind.BARS, Kind.PIE, Kind.MAP}:
        yield "one is chosen", replace(normal, rows=tuple(_chosen(row) for row in normal.rows))
    yield (
        "some are hidden",
        replace(
            normal,
            caption="Some are hidden, and others beside them.",
            rows=tuple(replace(row, value=None) if place % 3 == 1 else row for place, row in enumerate(normal.rows)),
        ),
    )
    yield "empty", replace(normal, n=None, rows=(), caption="Nothing is counted yet.")


def _chosen(row: Row) -> Row:
    return replace(row, mark="chosen") if row.key in {"KE", "b"} else row


def _rows(kind: Kind) -> Sequence[Row]:
    return _ROWS[kind]


_GROUPS: Final = tuple(
    Row(key=key, label=label, value=value, of=WHOLE, mark=mark)
    for key, label, value, mark in (
        ("a", "Women", 38_700, ""),
        ("b", "Men", 37_900, ""),
        ("c", "Other", 1_700, ""),
        ("d", "Not said", 5_910, "unknown"),
    )
)
_ROWS: Final[Mapping[Kind, Sequence[Row]]] = {
    Kind.BARS: tuple(Row(key=key, label=NAMES.get(key, "Fiji"), value=n, of=WHOLE) for key, n in COUNTRIES.items()),
    Kind.MAP: tuple(Row(key=key, label=NAMES.get(key, "Fiji"), value=n, of=WHOLE) for key, n in COUNTRIES.items()),
    Kind.PIE: _GROUPS,
    Kind.FUNNEL: tuple(
        Row(key=name.lower(), label=name, value=value, of=WHOLE)
        for name, value in (
            ("Registered", WHOLE),
            ("Participants", 46_315),
            ("Explored", 21_903),
            ("Certified", 14_357),
            ("Verified", 2_210),
        )
    ),
    Kind.DAYS: tuple(
        Row(
            key=str(day),
            label=f"{1 + day} Oct",
            value=int(700 + 250 * sin(day / 5)),
            mark={9: "Assignment 1 opens"}.get(day, "recent" if day in range(24, 31) else ""),
        )
        for day in range(31)
    ),
    Kind.LINES: tuple(
        Row(key=f"{run}-{week}", label=str(week + 1), value=int(900 / (1 + week * (0.3 + place / 5))), series=run)
        for place, run in enumerate(("Run 3", "Run 2", "Run 1"))
        for week in range(9 - place)
    ),
    Kind.COLONNADE: tuple(
        Row(
            key=str(step),
            label=f"Step {step + 1}",
            value=int(4182 * 0.96**step) - (700 if step in range(14, 24) else 0),
            mark={6: "week", 12: "week", 14: "worst", 18: "week"}.get(step, ""),
        )
        for step in range(24)
    ),
    Kind.HEAT: tuple(
        Row(key=str(part), label=f"{5 * part // 60}:{5 * part % 60:02d}", value=int(300 + 200 * sin(part / 4)))
        for part in range(48)
    ),
}


def _chart(kind: Kind, rows: Sequence[Row]) -> Chart:
    return Chart(
        kind=kind,
        name=kind.value,
        title=kind.value.capitalize(),
        caption="Invented figures.",
        denominator=Whole.REGISTERED,
        n=WHOLE,
        rows=tuple(rows),
        method=Method(definition="Invented.", unit="people", denominator="registered", source="nobody"),
        words=Words(hidden="hidden"),
    )
