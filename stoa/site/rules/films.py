"""How plausible learners watch a MOOC video. Chance comes in from outside."""

from collections.abc import Iterator
from random import Random

WHOLE, AGAIN, STOPS = 0.55, 0.25, 0.2
"""Shares of those who watch all of it, go back once to the same hard place, and stop in the middle."""
HARD = (0.45, 0.65)
"""Where the hard place lies, in shares of the whole."""
Stretch = tuple[float, float]
"""From second to second."""


def stretches(chance: Random, duration: float) -> Iterator[Stretch]:
    """What one learner watches, one stretch after the other."""
    (way,) = chance.choices(("whole", "again", "stops"), weights=(WHOLE, AGAIN, STOPS))
    if way == "stops":
        yield 0.0, duration * chance.uniform(0.1, 0.8)
        return
    if way == "again":
        hard_from, hard_to = (duration * share for share in HARD)
        yield 0.0, hard_to
        yield hard_from, duration
        return
    yield 0.0, duration
