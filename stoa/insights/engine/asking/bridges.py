"""Finds the hidden cells of a table that follow from its sums: those without which it would fall apart (0013).

Rows and columns are places, hidden cells ways between them. A cell that lies on a round trip can be more or less while
its neighbours are less and more, and no sum changes; one that lies on none, a bridge, follows from the sums.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Hidden = NDArray[np.bool_]


def bridges(cells: Hidden, rows: Hidden, columns: Hidden) -> Hidden:
    """Which of the hidden cells follow; the sums of some `rows` and `columns` are hidden too."""
    found = np.zeros(cells.shape, bool)
    ways = np.argwhere(cells)
    # All places whose sums are hidden are as good as one.
    ground = sum(cells.shape)
    ends = np.stack(
        [
            np.where(rows[ways[:, 0]], ground, ways[:, 0]),
            np.where(columns[ways[:, 1]], ground, cells.shape[0] + ways[:, 1]),
        ],
        axis=1,
    )
    for way in _bridges(ends.tolist(), ground + 1):
        found[tuple(ways[way])] = True
    return found


def _bridges(ends: list[list[int]], places: int) -> Iterator[int]:
    """The ways that lie on no round trip: back over which nothing else leads."""
    ways: list[list[tuple[int, int]]] = [[] for _ in range(places)]
    for way, (one, two) in enumerate(ends):
        ways[one].append((two, way))
        ways[two].append((one, way))
    entered = [0] * places
    for start in range(places):
        if ways[start] and not entered[start]:
            yield from _walked(start, ways, entered)


def _walked(start: int, ways: list[list[tuple[int, int]]], entered: list[int]) -> Iterator[int]:
    """Walk through all places that can be reached; `entered` says as which each was, 0 for not yet."""
    # How early a place can be reached from each without going back on the way by which it was entered.
    back = [0] * len(entered)
    clock = max(entered) + 1
    entered[start] = back[start] = clock
    walk = [(start, -1, iter(ways[start]))]
    while walk:
        place, came, onward = walk[-1]
        to, way = next(onward, (-1, -1))
        if way == -1:
            walk.pop()
            before = walk[-1][0] if walk else place
            back[before] = min(back[before], back[place])
            if back[place] > entered[before]:
                yield came
        elif way != came and entered[to]:
            back[place] = min(back[place], entered[to])
        elif way != came:
            clock += 1
            entered[to] = back[to] = clock
            walk.append((to, way, iter(ways[to])))
