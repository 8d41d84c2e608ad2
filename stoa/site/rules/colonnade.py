"""Progress as a row of pillars on a base line: one a step, as high as its measured minutes."""

from collections.abc import Sequence
from typing import Protocol

PILLAR, GAP, BETWEEN_WEEKS = 10, 3, 14
HEIGHT, TALLEST, SHORTEST = 56, 50, 0.14
STATES = frozenset({"done", "here", "todo", "step", "worst"})


class Pillar(Protocol):
    """One step: its minutes, its state, and whether a new week begins with it."""

    @property
    def minutes(self) -> float: ...
    @property
    def state(self) -> str: ...
    @property
    def new_week(self) -> bool: ...


def width(pillars: Sequence[Pillar]) -> int:
    """How wide the row is, in the units of the drawing."""
    gaps = sum(BETWEEN_WEEKS if pillar.new_week else GAP for pillar in pillars[1:])
    return PILLAR * len(pillars) + gaps


def shapes(pillars: Sequence[Pillar]) -> str:
    """The pillars as SVG rectangles, on the ground they stand on."""
    longest = max((pillar.minutes for pillar in pillars), default=0)
    drawn, x = [], 0
    for place, pillar in enumerate(pillars):
        x += (BETWEEN_WEEKS if pillar.new_week else GAP) if place else 0
        drawn.append(_pillar(pillar, x=x, longest=longest))
        x += PILLAR
    return "".join(drawn) + f'<rect class="ground" y="{HEIGHT - 2}" width="{max(x, PILLAR)}" height="2"/>'


def _pillar(pillar: Pillar, *, x: int, longest: float) -> str:
    share = pillar.minutes / longest if longest > 0 else 0
    height = round(TALLEST * max(share, SHORTEST), 1)
    top = round(HEIGHT - 3 - height, 1)
    state = pillar.state if pillar.state in STATES else "todo"
    drawn = f'<rect class="{state}" x="{x}" y="{top}" width="{PILLAR}" height="{height}"/>'
    if state != "here":
        return drawn
    return f'{drawn}<rect class="cap" x="{x - 1.5}" y="{round(top - 5, 1)}" width="13" height="3"/>'
