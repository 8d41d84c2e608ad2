"""Progress as a row of pillars on a base line: one a step, as high as its measured minutes."""

from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import Protocol

PILLAR, GAP, BETWEEN_WEEKS = 10, 3, 14
HEIGHT, TALLEST, SHORTEST = 56, 50, 0.14
USUAL_TIMES = 4
"""A step longer than so many usual ones is drawn cut, or all others would look alike beside it."""
CUT = 3
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
    reach = _reach(tuple(pillar.minutes for pillar in pillars))
    drawn, x = [], 0
    for place, pillar in enumerate(pillars):
        x += (BETWEEN_WEEKS if pillar.new_week else GAP) if place else 0
        drawn.append(_pillar(pillar.minutes, pillar.state, x, reach))
        x += PILLAR
    return "".join(drawn) + f'<rect class="ground" y="{HEIGHT - 2}" width="{max(x, PILLAR)}" height="2"/>'


@lru_cache(maxsize=512)
def _reach(minutes: tuple[float, ...]) -> float:
    """The minutes that the tallest pillar stands for."""
    some = [one for one in minutes if one > 0]
    return min(max(some), USUAL_TIMES * median(some)) if some else 0


@lru_cache(maxsize=8192)
def _pillar(minutes: float, given: str, x: int, reach: float) -> str:
    share = min(minutes / reach, 1) if reach > 0 else 0
    height = round(TALLEST * max(share, SHORTEST), 1)
    top = round(HEIGHT - 3 - height, 1)
    state = given if given in STATES else "todo"
    drawn = _drum(state, x=x, top=top, height=height)
    if minutes > reach > 0:
        drawn = _drum(state, x=x, top=top, height=6) + _drum(state, x=x, top=top + 6 + CUT, height=height - 6 - CUT)
    if state != "here":
        return drawn
    return f'{drawn}<rect class="cap" x="{x - 1.5}" y="{round(top - 5, 1)}" width="13" height="3"/>'


def _drum(state: str, *, x: int, top: float, height: float) -> str:
    return f'<rect class="{state}" x="{x}" y="{top}" width="{PILLAR}" height="{height}"/>'
