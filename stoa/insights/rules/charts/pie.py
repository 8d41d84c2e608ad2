"""A ring: slices of one whole, with a key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from math import pi

from stoa.insights.rules.charts.canvas import MARGIN, Canvas, number
from stoa.insights.rules.charts.figures import short, told
from stoa.insights.rules.charts.specification import Chart, Row

RADIUS, STROKE, GAP = 40, 17, 1.6
AROUND = 2 * pi * RADIUS
COLOURS = 5
_SIZE = 240
_AROUND = f'<circle class="track" cx="50" cy="50" r="{RADIUS}" stroke-width="{STROKE}"/>'


@dataclass(frozen=True, kw_only=True)
class Slice:
    """One slice: where on the ring it begins, how long it is, its colour."""

    row: Row
    start: float
    length: float
    colour: str


def slices(chart: Chart) -> Iterator[Slice]:
    """The slices in the order of their rows; the room of those that are hidden stays empty, behind all others."""
    whole = max(sum(row.value or 0 for row in chart.rows), (chart.n or 0) if _hides(chart) else 0) or 1
    start = 0.0
    for place, row in enumerate(chart.rows):
        length = AROUND * (row.value or 0) / whole
        yield Slice(row=row, start=start, length=length, colour=colour_of(row, place))
        start += length


def _hides(chart: Chart) -> bool:
    return any(row.value is None for row in chart.rows)


def colour_of(row: Row, place: int) -> str:
    """Series in their order; who did not say is grey."""
    if row.mark == "beside":
        return "m3"
    return f"d{COLOURS}" if row.mark == "unknown" else f"d{min(place + 1, COLOURS - 1)}"


def ring(chart: Chart, links: Mapping[str, str] | None = None) -> str:
    """The ring in a box of 100 by 100, the whole's number in its middle."""
    drawn = [_AROUND] if _hides(chart) else []
    for one in slices(chart):
        if one.length <= GAP:
            continue
        arc = (
            f'<circle class="{one.colour}" cx="50" cy="50" r="{RADIUS}" stroke-width="{STROKE}" '
            f'stroke-dasharray="{one.length - GAP:.2f} {AROUND - one.length + GAP:.2f}" '
            f'stroke-dashoffset="{-one.start:.2f}" transform="rotate(-90 50 50)"/>'
        )
        link = (links or {}).get(one.row.key)
        title = f"<title>{escape(one.row.label, quote=False)}: {escape(told(one.row, chart), quote=False)}</title>"
        drawn.append(f'<a href="{escape(link)}" tabindex="-1">{title}{arc}</a>' if link else arc)
    drawn = drawn or [_AROUND]
    middle = short(chart.n or 0, chart.language) if chart.n is not None else ""
    return f'<g class="ring">{"".join(drawn)}</g><text class="c head" x="50" y="56">{middle}</text>'


def draw(chart: Chart, canvas: Canvas, top: float) -> float:
    """Draw from `top` on; answers where the drawing ends."""
    left = canvas.width - MARGIN - _SIZE if canvas.mirrored else MARGIN
    canvas.raw(f'<g transform="translate({number(left)} {number(top)}) scale({_SIZE / 100})">{ring(chart)}</g>')
    for place, one in enumerate(slices(chart)):
        y = top + 24 + place * 28
        canvas.rect((MARGIN + _SIZE + 40, y - 11, 14, 14), f"f{one.colour}")
        canvas.text((MARGIN + _SIZE + 66, y + 1), one.row.label)
        canvas.text((canvas.width - MARGIN, y + 1), told(one.row, chart), "e b")
    return top + max(_SIZE, 24 + len(chart.rows) * 28)
