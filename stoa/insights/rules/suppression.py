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
    found: Hidden = (lines > 0) & (lines < least)
    if already is not None:
        found = found | (already & (lines > 0))
    while True:
        wanting = found.any(axis=1) & ((found.sum(axis=1) < 2) | ((lines * found).sum(axis=1) < least))  # noqa: PLR2004 -- two cells
        candidates = np.where(found | (lines == 0), _NEVER, lines)
        smallest = candidates.argmin(axis=1)
        possible = wanting & (np.take_along_axis(candidates, smallest[:, None], axis=1)[:, 0] < _NEVER)
        if not possible.any():
            return found
        found[possible, smallest[possible]] = True


def telling(parts: Counts, wholes: Counts, least: int) -> Hidden:
    """Which parts tell on a few people: so few belong to them, or so few of the whole don't."""
    rest = wholes - parts
    return np.asarray(((parts > 0) & (parts < least)) | ((rest > 0) & (rest < least)))
