"""A colonnade: how many came to each step, the step that loses the most in clay."""

from stoa.insights.rules.charts.canvas import MARGIN, WIDTH, Canvas, number
from stoa.insights.rules.charts.specification import Chart

PILLAR, GAP, BETWEEN = 10, 3, 14
HEIGHT, TALLEST, HIDDEN = 56, 50, 4


def width(chart: Chart) -> int:
    """How wide the row of pillars is."""
    gaps = sum(BETWEEN if "week" in row.mark else GAP for row in chart.rows[1:])
    return max(PILLAR * len(chart.rows) + gaps, PILLAR)


def pillars(chart: Chart) -> str:
    """The pillars in a box as wide as `width` and 56 high, on the ground they stand on."""
    drawn, x = [], 0
    for place, row in enumerate(chart.rows):
        x += (BETWEEN if "week" in row.mark else GAP) if place else 0
        high = HIDDEN if row.value is None else TALLEST * row.value / chart.largest
        kind = "few" if row.value is None else "worst" if "worst" in row.mark else "done"
        drawn.append(
            f'<rect class="{kind}" x="{x}" y="{number(HEIGHT - 3 - high)}" width="{PILLAR}" height="{number(high)}"/>'
        )
        x += PILLAR
    return f'{"".join(drawn)}<rect class="ground" y="{HEIGHT - 2}" width="{width(chart)}" height="2"/>'


def draw(chart: Chart, canvas: Canvas, top: float) -> float:
    """Draw from `top` on; answers where the drawing ends."""
    scale = (WIDTH - 2 * MARGIN) / width(chart)
    turned = f"translate({WIDTH - MARGIN} {number(top)}) scale({-scale:.4f} 4)"
    straight = f"translate({MARGIN} {number(top)}) scale({scale:.4f} 4)"
    canvas.raw(f'<g transform="{turned if canvas.mirrored else straight}">{pillars(chart)}</g>')
    return top + 4 * HEIGHT
