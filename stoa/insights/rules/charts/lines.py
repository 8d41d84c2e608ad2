"""Lines over time, one a series, and the small one that stands under a figure."""

from collections.abc import Sequence

from stoa.insights.rules.charts.canvas import MARGIN, WIDTH, Canvas, number
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.scales import nice_above
from stoa.insights.rules.charts.specification import Chart, Row

BOX = (540, 190)
_AXIS, _FOOT, _HEAD = 56, 30, 12
SPARK = (100, 28)


def series(chart: Chart) -> dict[str, list[Row]]:
    """The rows by series, in the order in which they come first."""
    found: dict[str, list[Row]] = {}
    for row in chart.rows:
        found.setdefault(row.series, []).append(row)
    return found


def lines(chart: Chart, canvas: Canvas, *, top: float, size: tuple[float, float]) -> None:
    """Axis and lines inside a box; a hidden value leaves a gap."""
    width, height = size
    start, floor, tall = canvas.width - width + _AXIS, top + height - _FOOT, height - _FOOT - _HEAD
    most = nice_above(chart.largest)
    for part in (1.0, 0.5, 0.0):
        canvas.line([(start, floor - tall * part), (canvas.width, floor - tall * part)], "grid")
        canvas.text((start - 8, floor - tall * part + 4), figure(most * part, chart.language), "e axis")
    pitch = (width - _AXIS) / max(len(max(series(chart).values(), key=len, default=[])) - 1, 1)
    for place, rows in enumerate(series(chart).values()):
        for run in _runs(rows):
            canvas.line([(start + at * pitch, floor - tall * value / most) for at, value in run], f"line l{place + 1}")
    longest = max(series(chart).values(), key=len, default=[])
    if longest:
        canvas.text((start, top + height - 8), longest[0].label, "axis")
        canvas.text((canvas.width, top + height - 8), longest[-1].label, "e axis")


def _runs(rows: Sequence[Row]) -> list[list[tuple[int, float]]]:
    """Stretches of values that are shown."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, row in enumerate(rows):
        if row.value is None:
            runs.append([])
        else:
            runs[-1].append((at, row.value))
    return [run for run in runs if run]


def picture(chart: Chart) -> str:
    """For a page: the marks of a box of 540 by 190."""
    canvas = Canvas(width=BOX[0], mirrored=chart.right_to_left)
    lines(chart, canvas, top=0, size=BOX)
    return canvas.markup


def spark(values: Sequence[float | None]) -> str:
    """The points of a small line in a box of 100 by 28; nothing where there are fewer than two."""
    shown = [value for value in values if value is not None]
    if len(shown) < 2:  # noqa: PLR2004 -- a line has two ends
        return ""
    low, reach = min(shown), max(shown) - min(shown) or 1
    wide, high = SPARK
    pitch = wide / (len(shown) - 1)
    return " ".join(
        f"{number(at * pitch)},{number(high - 2 - (high - 4) * (value - low) / reach)}"
        for at, value in enumerate(shown)
    )


def draw(chart: Chart, canvas: Canvas, top: float) -> float:
    """Draw from `top` on, with a key where there is more than one series; answers where the drawing ends."""
    inside = Canvas(width=WIDTH - MARGIN, mirrored=canvas.mirrored)
    lines(chart, inside, top=top, size=(WIDTH - 2 * MARGIN, 300))
    canvas.raw(f'<g transform="translate({MARGIN} 0)">{inside.markup}</g>' if canvas.mirrored else inside.markup)
    names = [name for name in series(chart) if name]
    for place, name in enumerate(names):
        canvas.rect((MARGIN + place * 180, top + 313, 14, 4), f"fd{place + 1}")
        canvas.text((MARGIN + place * 180 + 22, top + 320), name)
    return top + 300 + (30 if names else 0)
