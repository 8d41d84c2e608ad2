"""Steps and axes: numbers that people read without counting."""

from collections.abc import Sequence
from math import log10

CLASSES = 6
"""Steps of the map above nothing: m1 to m6."""
_NICE = (1, 2, 5, 10)
_TOP = 0.4


def nice_above(value: float) -> float:
    """The next number of the kind 1, 1.5, 2, 3, 5, 8 times a power of ten."""
    if value <= 1:
        return 1
    power = 10 ** int(log10(value))
    return float(next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15) if step * power >= value))


def near(value: float) -> int:
    """The nearest of 1, 2, 5 times a power of ten, as people count when they multiply."""
    power = 10 ** int(log10(value)) if value >= 1 else 1
    return int(min((step * power for step in _NICE), key=lambda step: abs(log10(step / max(value, 1)))))


def steps(largest: float, *, smallest: int) -> tuple[int, ...]:
    """Where the steps of a map begin: evenly apart when one multiplies, in round numbers, six at the most."""
    first, top = max(smallest, 1), max(near(largest * _TOP), 1)
    if top <= first:
        return (first,)
    factor = (top / first) ** (1 / (CLASSES - 1))
    rounded = [first, *(near(first * factor**n) for n in range(1, CLASSES - 1)), top]
    return tuple(sorted({step for step in rounded if first <= step <= top}))


def even_steps(largest: float) -> tuple[int, ...]:
    """Steps of a share in hundredths: five even ones, up to a round number."""
    width = next((width for width in (1, 2, 5, 10) if width * CLASSES > largest), 20)
    return tuple(width * n for n in range(CLASSES) if width * n <= largest or not n)


def class_of(value: float, begins: Sequence[int]) -> str:
    """The map's colour of a value: later steps are darker, and the last step is always the darkest."""
    reached = sum(value >= begin for begin in begins)
    return f"m{CLASSES - len(begins) + reached}" if reached else "m0"
