"""The world by country, in steps of colour: areas are true (Equal Earth)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from stoa.insights.rules.charts.canvas import MARGIN, WIDTH, Canvas, number
from stoa.insights.rules.charts.figures import figure, told
from stoa.insights.rules.charts.scales import class_of, even_steps, steps
from stoa.insights.rules.charts.specification import Chart, Row

BOX = (1000, 440)
SMALLEST = {"public": 10, "press": 10, "researcher": 5, "team": 1}
_KEY = 148


@dataclass(frozen=True, kw_only=True)
class Step:
    """One colour of the key, and from which number on it stands."""

    colour: str
    words: str


def begins(chart: Chart) -> tuple[int, ...]:
    """Where the steps begin: even ones for shares, multiplied ones for numbers."""
    if chart.words.per_cent:
        return even_steps(max((_shown(row, chart) for row in chart.rows), default=0))
    return steps(chart.largest, smallest=SMALLEST.get(chart.view, 10))


def colours(chart: Chart) -> dict[str, str]:
    """The colour of every country that has a row; those without stay as they are."""
    edges = begins(chart)
    return {
        row.key: "few" if row.value is None else class_of(_shown(row, chart), edges)
        for row in chart.rows
        if row.mark != "unknown"
    }


def key(chart: Chart) -> list[Step]:
    """The key: nobody, too few to be shown, then the steps."""
    edges, unit = begins(chart), "\N{NO-BREAK SPACE}%" if chart.words.per_cent else ""
    hidden = any(row.value is None for row in chart.rows)
    drawn = [Step(colour="m0", words="0" if not chart.words.per_cent else "–")]  # noqa: RUF001 -- a dash for nothing
    if hidden:
        drawn.append(Step(colour="few", words=chart.words.hidden))
    for place, edge in enumerate(edges):
        last = place == len(edges) - 1
        words = f"{_edge(edge, chart)}{'+' if last else f'–{_edge(edges[place + 1] - 1, chart)}'}{unit}"  # noqa: RUF001 -- from a to b
        drawn.append(Step(colour=class_of(edge, edges), words=words))
    return drawn


def _edge(value: int, chart: Chart) -> str:
    return figure(value, chart.language)


def _shown(row: Row, chart: Chart) -> float:
    value = row.value or 0
    return 100 * value / row.of if chart.words.per_cent and row.of else value


def linked(chart: Chart, links: Mapping[str, str], asset: str) -> str:
    """For a page: every country of the asset that has a row as a link, the largest one within the Tab key's reach."""
    painted = colours(chart)
    rows = sorted((row for row in chart.rows if row.key in painted), key=lambda row: (-(row.value or 0), row.key))
    first = next((row.key for row in rows if row.mark == "chosen"), rows[0].key if rows else "")
    groups: dict[str, list[str]] = {}
    for row in rows:
        reach = "" if row.key == first else ' tabindex="-1"'
        chosen = ' aria-current="true"' if row.mark == "chosen" else ""
        said = f"<title>{escape(row.label, quote=False)}: {escape(told(row, chart), quote=False)}</title>"
        shape = f'<use href="{asset}#{row.key}"/>'
        address = links.get(row.key)
        whole = f"{said}{shape}"
        link = f'<a href="{escape(address)}"{reach}{chosen}>{whole}</a>' if address else f"<g>{whole}</g>"
        # What is chosen has an outline, which nobody's border may cover.
        groups.setdefault("~" if chosen else "", []).append(f'<g class="{painted[row.key]}">{link}</g>')
    return "".join(mark for name in sorted(groups) for mark in groups[name])


def unlinked(codes: Sequence[str], chart: Chart, asset: str) -> str:
    """For a page: every other country of the asset."""
    painted = colours(chart)
    return "".join(f'<use href="{asset}#{code}"/>' for code in sorted(codes) if code not in painted)


def draw(chart: Chart, canvas: Canvas, top: float, shapes: Mapping[str, str]) -> float:
    """Draw from `top` on, with the shapes of the asset; answers where the drawing ends. A map is never mirrored."""
    painted, scale = colours(chart), (WIDTH - 2 * MARGIN) / BOX[0]
    chosen = {row.key for row in chart.rows if row.mark == "chosen"}
    order = sorted(shapes, key=lambda code: (code in chosen, code))
    paths = "".join(
        f'<path class="{painted.get(code, "m0")}{" here" if code in chosen else ""}" d="{shapes[code]}"/>'
        for code in order
    )
    canvas.raw(f'<g class="land" transform="translate({MARGIN} {number(top)}) scale({scale:.3f})">{paths}</g>')
    y = top + BOX[1] * scale + 20
    for place, step in enumerate(key(chart)):
        column, line = place % 5, place // 5
        canvas.rect((MARGIN + column * _KEY, y + line * 24 - 11, 14, 14), step.colour)
        canvas.text((MARGIN + column * _KEY + 22, y + line * 24 + 1), step.words)
    return y + (len(key(chart)) - 1) // 5 * 24 + 12
