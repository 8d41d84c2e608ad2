"""Days: a column each, the last seven dark."""

from stoa.insights.rules.charts.canvas import MARGIN, WIDTH, Canvas
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.scales import nice_above
from stoa.insights.rules.charts.specification import Chart

BOX = (540, 190)
_AXIS, _FOOT, _HEAD = 50, 30, 24
_HIDDEN = 6
"""How high a day stands whose number is hidden."""


def columns(chart: Chart, canvas: Canvas, *, top: float, size: tuple[float, float]) -> None:
    """Axis, lines and columns inside a box."""
    width, height = size
    start, floor = canvas.width - width + _AXIS, top + height - _FOOT
    room, tall = width - _AXIS, height - _FOOT - _HEAD
    most = nice_above(chart.largest)
    for part in (1.0, 0.5, 0.0):
        y = floor - tall * part
        canvas.line([(start, y), (start + room, y)], "grid")
        canvas.text((start - 8, y + 4), figure(most * part, chart.language), "e axis")
    pitch = room / max(len(chart.rows), 1)
    for place, row in enumerate(chart.rows):
        x, high = start + place * pitch, tall * (row.value or 0) / most
        kind = "few" if row.value is None else "d1" if row.mark == "recent" else "m3"
        high = _HIDDEN if row.value is None else high
        canvas.rect((x + pitch * 0.1, floor - high, pitch * 0.8, high), kind)
        if row.mark not in {"", "recent"}:
            canvas.text((x + pitch / 2, floor - tall - 8), row.mark, "c b axis")
    for place, kind in _labelled(len(chart.rows)):
        x = start + (place + {"": 0, "c ": 0.5, "e ": 1}[kind]) * pitch
        canvas.text((x, top + height - 8), chart.rows[place].label, f"{kind}axis")


def _labelled(days: int) -> list[tuple[int, str]]:
    """Which days have their date below, and how it stands."""
    if days < 3:  # noqa: PLR2004 -- too few to leave one out
        return [(place, "c ") for place in range(days)]
    return [(0, ""), (days // 2, "c "), (days - 1, "e ")]


def picture(chart: Chart) -> str:
    """For a page: the marks of a box of 540 by 190."""
    canvas = Canvas(width=BOX[0], mirrored=chart.right_to_left)
    columns(chart, canvas, top=0, size=BOX)
    return canvas.markup


def draw(chart: Chart, canvas: Canvas, top: float) -> float:
    """Draw from `top` on; answers where the drawing ends."""
    inside = Canvas(width=WIDTH - MARGIN, mirrored=False)
    inside.mirrored, inside.width = canvas.mirrored, WIDTH - MARGIN
    columns(chart, inside, top=top, size=(WIDTH - 2 * MARGIN, 300))
    canvas.raw(f'<g transform="translate({MARGIN} 0)">{inside.markup}</g>' if canvas.mirrored else inside.markup)
    return top + 300
