"""A heat strip: how often each stretch of a MOOC video was seen. Time runs from left to right everywhere."""

from html import escape

from stoa.insights.rules.charts.canvas import MARGIN, WIDTH, Canvas, number
from stoa.insights.rules.charts.specification import Chart

BOX = (600, 40)
SHADES = 6


def cells(chart: Chart) -> str:
    """The stretches in a box of 600 by 40; a hidden one is pale."""
    wide = BOX[0] / max(len(chart.rows), 1)
    drawn = []
    for place, row in enumerate(chart.rows):
        size = f'x="{number(place * wide)}" width="{number(wide + 0.3)}" height="{BOX[1]}"'
        drawn.append(f'<rect class="{_shade(row.value, chart)}" {size}/>')
    return "".join(drawn)


def _shade(value: float | None, chart: Chart) -> str:
    if value is None:
        return "few"
    if not value:
        return "m0"
    return f"m{min(SHADES, 1 + int(SHADES * value / chart.largest))}"


def draw(chart: Chart, canvas: Canvas, top: float) -> float:
    """Draw from `top` on; answers where the drawing ends."""
    scale = (WIDTH - 2 * MARGIN) / BOX[0]
    canvas.raw(f'<g transform="translate({MARGIN} {number(top)}) scale({scale:.3f} 1.5)">{cells(chart)}</g>')
    for row, x, kind in ((chart.rows[:1], MARGIN, "axis"), (chart.rows[-1:], WIDTH - MARGIN, "axis e")):
        for one in row:
            label = escape(one.label, quote=False)
            canvas.raw(f'<text class="{kind}" x="{x}" y="{number(top + 80)}">{label}</text>')
    return top + 90
