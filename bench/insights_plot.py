"""Draws measured sizes as dots on two logarithmic axes, and the line through them on to 2.3 billion events."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 30, 50
FROM, TO = 1e6, 4e9
LOW, HIGH = 1e-2, 1e5
FOUR_YEARS = 2.3e9
_FONT = 'font-family="sans-serif" font-size="13"'
_COLOURS = ("#1f5fa8", "#b3541e", "#3f7d4e")


@dataclass(frozen=True, kw_only=True)
class Line:
    """Points (events, value) in the order of size."""

    name: str
    points: Sequence[tuple[float, float]]


def plot(lines: Sequence[Line]) -> str:
    """The picture as SVG."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" {_FONT}>',
            f'<title>Insights at growing sizes</title><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            *_axes(),
            *(mark for line, colour in zip(lines, _COLOURS, strict=False) for mark in _line(line, colour)),
            "</svg>\n",
        ]
    )


def _axes() -> Iterator[str]:
    for power in range(math.ceil(math.log10(FROM)), math.floor(math.log10(TO)) + 1):
        yield _stroke(_x(10**power), _y(LOW), _x(10**power), _y(HIGH), "#e4e0d8")
        yield _text(_x(10**power), _y(LOW) + 18, _spoken(10**power), anchor="middle")
    for power in range(math.ceil(math.log10(LOW)), math.floor(math.log10(HIGH)) + 1):
        yield _stroke(_x(FROM), _y(10**power), _x(TO), _y(10**power), "#e4e0d8")
        yield _text(_x(FROM) - 8, _y(10**power) + 4, f"{10**power:,g}", anchor="end")
    yield _stroke(_x(FOUR_YEARS), _y(LOW), _x(FOUR_YEARS), _y(HIGH), "#8a8378", dashed=True)
    yield _text(_x(FOUR_YEARS), TOP - 10, "Four Years: 2.3 billion", anchor="middle")
    yield _text(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 10, "events", anchor="middle")


def _line(line: Line, colour: str) -> Iterator[str]:
    if not line.points:
        return
    events, value = line.points[-1]
    ahead = value * FOUR_YEARS / events
    for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
        yield _stroke(_x(x0), _y(y0), _x(x1), _y(y1), colour)
    yield _stroke(_x(events), _y(value), _x(FOUR_YEARS), _y(ahead), colour, dashed=True)
    for x, y in line.points:
        yield f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="4" fill="{colour}"/>'
    yield _text(_x(TO) + 8, _y(ahead) + 4, f"{line.name}: {ahead:,.0f}", colour=colour)


def _x(events: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(events / FROM) / math.log(TO / FROM)


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * math.log(max(value, LOW) / LOW) / math.log(HIGH / LOW)


def _stroke(x0: float, y0: float, x1: float, y1: float, colour: str, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" stroke-width="1.5"{dash}/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = "#3a3630") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def _spoken(events: int) -> str:
    thousand, million, billion = 10**3, 10**6, 10**9
    for size, word in ((billion, "billion"), (million, "million"), (thousand, "thousand")):
        if events >= size:
            return f"{events // size} {word}"
    return str(events)
