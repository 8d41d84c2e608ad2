"""Bars: one row a group, the longest as wide as there is room."""

from stoa.insights.rules.charts.canvas import MARGIN, WIDTH, Canvas
from stoa.insights.rules.charts.figures import told
from stoa.insights.rules.charts.specification import Chart, Row

ROW, THICK = 28, 14
_LABELS, _NUMBERS = 250, 150


def extents(chart: Chart) -> list[float]:
    """How long each bar is, in hundredths of the longest; of shares, in hundredths of all."""
    if chart.words.per_cent:
        most = max((_part(row) for row in chart.rows), default=0) or 1
        return [round(100 * _part(row) / most, 2) for row in chart.rows]
    return [round(100 * (row.value or 0) / chart.largest, 2) for row in chart.rows]


def _part(row: Row) -> float:
    return (row.value or 0) / row.of if row.of else 0


def _colour(row: Row, *, filtered: bool) -> str:
    if row.mark == "unknown":
        return "d5"
    if row.mark == "worst":
        return "worst"
    return "m3" if row.mark == "beside" or (filtered and row.mark != "chosen") else "d1"


def draw(chart: Chart, canvas: Canvas, top: float) -> float:
    """Draw from `top` on; answers where the drawing ends."""
    start, room = MARGIN + _LABELS, WIDTH - 2 * MARGIN - _LABELS - _NUMBERS
    filtered = any(row.mark == "chosen" for row in chart.rows)
    for place, (row, extent) in enumerate(zip(chart.rows, extents(chart), strict=True)):
        middle = top + place * ROW + ROW / 2
        bold = "b " if row.mark in {"chosen", "worst"} else ""
        canvas.text((MARGIN, middle + 5), row.label, bold.strip())
        canvas.rect((start, middle - THICK / 2, room, THICK), "track")
        colour = _colour(row, filtered=filtered)
        canvas.rect((start, middle - THICK / 2, room * extent / 100, THICK), colour)
        canvas.text((WIDTH - MARGIN, middle + 5), told(row, chart), f"{bold}e")
    return top + len(chart.rows) * ROW
