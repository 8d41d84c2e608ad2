"""Which cells a view may not show, so that nobody can work out a group that is too small (decision 0013).

A line is a partition: cells that add up to a number which is shown elsewhere. Where one cell of a line is hidden, so
many others are hidden with it that what is hidden in the line is at least two cells and at least as many people as the
smallest group that may be shown.
"""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.integer]
Hidden = NDArray[np.bool_]
_NEVER = np.iinfo(np.int64).max


def hidden(lines: Counts, least: int, *, already: Hidden | None = None) -> Hidden:
    """Which cells of lines are hidden: an array (lines, cells) of counts in, one of the same shape out.

    `already` are cells that are hidden for other reasons.
    """
    lines = lines.astype(np.int64, copy=False)
    found: Hidden = (lines > 0) & (lines < least)
    if already is not None:
        found = found | (already & (lines > 0))
    # Lines in which nothing is hidden, or enough, are not looked at again.
    looked_at = np.flatnonzero(found.any(axis=1))
    while len(looked_at):
        some, away = lines[looked_at], found[looked_at]
        wanting = (away.sum(axis=1) < 2) | ((some * away).sum(axis=1) < least)  # noqa: PLR2004 -- two cells
        candidates = np.where(away | (some == 0), _NEVER, some)
        smallest = candidates.argmin(axis=1)
        possible = wanting & (np.take_along_axis(candidates, smallest[:, None], axis=1)[:, 0] < _NEVER)
        looked_at = looked_at[possible]
        found[looked_at, smallest[possible]] = True
    return found


def telling(parts: Counts, wholes: Counts, least: int) -> Hidden:
    """Which parts tell on a few people: so few belong to them, or so few of the whole don't."""
    rest = wholes - parts
    return np.asarray(((parts > 0) & (parts < least)) | ((rest > 0) & (rest < least)))
