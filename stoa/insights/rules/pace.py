"""What a plan of hours a week needs to hold for four learners of five: more days for the weeks that take more."""

from collections.abc import Iterable
from math import ceil

DAYS = 7


def days_more(weeks: Iterable[tuple[int, float]], *, planned: float) -> list[tuple[int, int]]:
    """Week and how many days it should have beyond its seven, of the weeks whose hours go beyond the planned ones."""
    if planned <= 0:
        return []
    return [(week, ceil(DAYS * (hours / planned - 1) - 1e-9)) for week, hours in weeks if hours > planned]
