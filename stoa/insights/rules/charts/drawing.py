"""Draws a specification as an SVG file that stands alone: title, caption, chart, key, and where it comes from."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from stoa.insights.rules.charts import bars, colonnade, days, funnel, heat, lines, pie, world
from stoa.insights.rules.charts.canvas import LINE, MARGIN, WIDTH, Canvas, number, wrapped
from stoa.insights.rules.charts.specification import Chart, Kind

_MAPS: Final = {
    "m0": "#e9e5db",
    "m1": "#d3e6e8",
    "m2": "#a9d0d6",
    "m3": "#74b2bd",
    "m4": "#3f8d9d",
    "m5": "#0f6a7f",
    "m6": "#073f50",
    "few": "#e3ecec",
    "track": "#efece3",
    "done": "#0b5a70",
    "worst": "#a5322a",
    "ground": "#7a8387",
}
_SERIES: Final = {"d1": "#0b5a70", "d2": "#bd6526", "d3": "#8a4d7d", "d4": "#76854f", "d5": "#7f898d"}
_STYLE: Final = "".join(
    (
        'text{font:14px "Atkinson Hyperlegible Next",system-ui,sans-serif;fill:#15222a}',
        ".t{font-size:21px;font-weight:680}.b{font-weight:680}.q,.axis{fill:#4c5960}.axis{font-size:13px}",
        ".e{text-anchor:end}.c{text-anchor:middle}.head{font-size:22px}.ring .head{font-size:16px}",
        ".grid{fill:none;stroke:#dedacf}.line{fill:none;stroke-width:2.5}",
        ".ring circle{fill:none}.ring .track{stroke:#efece3}",
        ".land path{stroke:#fff;stroke-width:.6}.land .here{stroke:#e3a32a;stroke-width:2.5}",
        *(f".{name}{{fill:{colour}}}" for name, colour in _MAPS.items()),
        *(
            f".{name},.f{name}{{fill:{colour}}}.ring .{name},.l{name[1:]}{{stroke:{colour}}}"
            for name, colour in _SERIES.items()
        ),
    )
)
_BODIES: Final[Mapping[Kind, Callable[[Chart, Canvas, float], float]]] = {
    Kind.BARS: bars.draw,
    Kind.PIE: pie.draw,
    Kind.LINES: lines.draw,
    Kind.SPARK: lines.draw,
    Kind.FUNNEL: funnel.draw,
    Kind.DAYS: days.draw,
    Kind.COLONNADE: colonnade.draw,
    Kind.HEAT: heat.draw,
}


def draw(chart: Chart, shapes: Mapping[str, str]) -> str:
    """The chart as an SVG file; `shapes` are the countries of the world map, by code."""
    canvas = Canvas(mirrored=chart.right_to_left)
    top = _head(chart, canvas)
    body = _BODIES.get(chart.kind)
    bottom = body(chart, canvas, top) if body else world.draw(chart, canvas, top, shapes)
    height = _foot(chart, canvas, bottom + 34)
    label = escape(f"{chart.title}. {chart.caption}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {number(height)}" width="{WIDTH}" '
        f'height="{number(height)}" role="img" aria-label="{label}" lang="{escape(chart.language)}" '
        f'direction="{"rtl" if chart.right_to_left else "ltr"}">\n<style>{_STYLE}</style>\n'
        f'<rect width="{WIDTH}" height="{number(height)}" fill="#fff"/>\n{canvas.markup}\n</svg>\n'
    )


def _head(chart: Chart, canvas: Canvas) -> float:
    canvas.text((MARGIN, 40), chart.title, "t")
    y = 66.0
    for line in wrapped(chart.caption, width=WIDTH - 2 * MARGIN, size=14):
        canvas.text((MARGIN, y), line)
        y += LINE
    if chart.words.note:
        canvas.text((MARGIN, y), chart.words.note, "q")
        y += LINE
    return y + 6


def _foot(chart: Chart, canvas: Canvas, top: float) -> float:
    y = top
    for line in wrapped(chart.words.foot, width=WIDTH - 2 * MARGIN, size=13):
        canvas.text((MARGIN, y), line, "axis")
        y += 18
    return y + 6
