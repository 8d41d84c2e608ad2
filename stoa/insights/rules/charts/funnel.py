"""A funnel: columns from stage to stage, each over a pale ghost of the one before."""

from dataclasses import dataclass

from stoa.insights.rules.charts.canvas import MARGIN, WIDTH, Canvas
from stoa.insights.rules.charts.figures import figure, share
from stoa.insights.rules.charts.specification import Chart, Row

_TALL, _GAP = 240, 8


@dataclass(frozen=True, kw_only=True)
class Column:
    """A stage: how high it and its ghost stand, in hundredths of the first."""

    row: Row
    height: float
    ghost: float

    @property
    def top(self) -> float:
        """What is left above the column."""
        return round(100 - self.height, 2)

    @property
    def ghost_top(self) -> float:
        """What is left above the ghost."""
        return round(100 - self.ghost, 2)


def columns(chart: Chart) -> list[Column]:
    """The stages; a hidden one has no height."""
    found: list[Column] = []
    for row in chart.rows:
        height = round(100 * (row.value or 0) / chart.largest, 2)
        found.append(Column(row=row, height=height, ghost=found[-1].height if found else height))
    return found


def draw(chart: Chart, canvas: Canvas, top: float) -> float:
    """Draw from `top` on; answers where the drawing ends."""
    room = WIDTH - 2 * MARGIN
    pitch = (room + _GAP) / max(len(chart.rows), 1)
    for place, column in enumerate(columns(chart)):
        x, row = MARGIN + place * pitch, column.row
        said = chart.words.hidden if row.value is None else figure(row.value, chart.language)
        canvas.text((x, top + 24), said, "head")
        canvas.text((x, top + 46), row.label, "q")
        canvas.text((x, top + 66), share(row, chart.language), "q")
        floor = top + 78 + _TALL
        canvas.rect((x, floor - _TALL * column.ghost / 100, pitch - _GAP, _TALL * column.ghost / 100), "m1")
        canvas.rect((x, floor - _TALL * column.height / 100, pitch - _GAP, _TALL * column.height / 100), "d1")
    return top + 78 + _TALL
