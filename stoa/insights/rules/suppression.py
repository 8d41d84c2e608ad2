"""Which cells a view may not show, so that nobody can work out a group that is too small (decision 0013).

A line is a partition: cells that add up to a number which is shown elsewhere. Where one cell of a line is hidden, so
many others are hidden with it that what is hidden in the line is at least two cells, at least as many people as the
smallest group that may be shown, and more people than cells (or each would be one).
"""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.integer]
Hidden = NDArray[np.bool_]
_NEVER = np.iinfo(np.int64).max


def hidden(lines: Counts, least: int, *, already: Hidden | None = None) -> Hidden:
    """Which cells of lines are hidden: an array (lines, cells) of counts in, one of the same shape out.

    `already` are cells that are hidden for other reasons. What is hidden beside them is the smallest; among those of
    about the same size, within a power of two, the first, so that the same is hidden when numbers grow a little.
    """
    lines = lines.astype(np.int64, copy=False)
    found: Hidden = (lines > 0) & (lines < least)
    if already is not None:
        found = found | (already & (lines > 0))
    # Lines in which nothing is hidden, or enough, are not looked at again.
    looked_at = np.flatnonzero(found.any(axis=1))
    looked_at = looked_at[_wanting(lines[looked_at], found[looked_at], least)]
    turns = in_turn(lines[looked_at])
    while len(looked_at):
        some, away = lines[looked_at], found[looked_at]
        candidates = np.where(away | (some == 0), _NEVER, turns)
        smallest = candidates.argmin(axis=1)
        possible = np.take_along_axis(candidates, smallest[:, None], axis=1)[:, 0] < _NEVER
        found[looked_at[possible], smallest[possible]] = True
        left = np.flatnonzero(possible)
        left = left[_wanting(some[left], found[looked_at[left]], least)]
        looked_at, turns = looked_at[left], turns[left]
    return found


def telling(parts: Counts, wholes: Counts, least: int) -> Hidden:
    """Which parts tell on a few people: so few belong to them, or so few of the whole don't."""
    rest = wholes - parts
    return np.asarray(((parts > 0) & (parts < least)) | ((rest > 0) & (rest < least)))


def enough(cells: Counts, people: Counts, least: int) -> Hidden:
    """Whether so many hidden cells with so many people protect one another."""
    return np.asarray((cells >= 2) & (people >= least) & (people > cells))  # noqa: PLR2004 -- two cells


def in_turn(lines: Counts) -> Counts:
    """When each cell's turn to be hidden comes: by size in powers of two, then by place."""
    size = np.frexp(lines.astype(np.float64))[1].astype(np.int64)
    return np.asarray(size * lines.shape[1] + np.arange(lines.shape[1]))


def _wanting(lines: Counts, away: Hidden, least: int) -> Hidden:
    return ~enough(away.sum(axis=1), (lines * away).sum(axis=1), least)
