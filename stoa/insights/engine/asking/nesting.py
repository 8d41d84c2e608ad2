"""Hides cells of courses and of what courses belong to, so that a sum over courses tells no more than it says.

Every course belongs to one organisation, one run code, one area: the figure of an organisation is the sum of those of
its courses, and both stand on one page. So the courses of an organisation that is shown are a line: what is hidden in
it is two courses and as many people as the smallest group that may be shown, or the organisation is hidden too. And of
an organisation that is hidden one course at least is hidden.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.crowd import Numbers
from stoa.insights.rules.dimensions import Dimension
from stoa.insights.rules.suppression import hidden

Hidden = NDArray[np.bool_]
#: What a course belongs to.
PARENTS = (Dimension.ORGANISATION, Dimension.RUN, Dimension.AREA)
FAMILY = (Dimension.COURSE, *PARENTS)


def settled(
    tables: Mapping[Dimension, Numbers],
    masks: Mapping[Dimension, Hidden],
    belongs: Mapping[Dimension, Numbers],
    least: int,
    *,
    across: bool = False,
) -> dict[Dimension, Hidden]:
    """The masks with all that must be hidden beside them.

    Tables have a row a key and any number of columns, each of them a line; `across` says that the rows are lines too.
    `belongs` names each course's row in the table of each parent.
    """
    found = {name: mask.copy() for name, mask in masks.items()}
    # Whoever tells apart in two ways has looked at rows and columns already.
    stale = set() if across else set(tables)
    while True:
        for name in stale:
            found[name] |= hidden(tables[name].T, least, already=found[name].T).T
            if across:
                found[name] |= hidden(tables[name], least, already=found[name])
        before = {name: int(mask.sum()) for name, mask in found.items()}
        for parent, places in belongs.items():
            _settle(tables, found, parent, places, least)
        stale = {name for name, mask in found.items() if int(mask.sum()) != before[name]}
        if not stale:
            return found


def _settle(
    tables: Mapping[Dimension, Numbers],
    found: dict[Dimension, Hidden],
    parent: Dimension,
    places: Numbers,
    least: int,
) -> None:
    """Go once over the keys of a parent in which anything is hidden."""
    courses, above = found[Dimension.COURSE], found[parent]
    touched = set(places[courses.any(axis=1)].tolist()) | set(np.flatnonzero(above.any(axis=1)).tolist())
    for key in sorted(touched):
        mine = np.flatnonzero(places == key)
        counts, away = tables[Dimension.COURSE][mine].T, courses[mine].T
        shown = ~above[key]
        away = np.where(shown[:, None], hidden(counts, least, already=away), away)
        few = (away.sum(axis=1) < 2) | ((counts * away).sum(axis=1) < least)  # noqa: PLR2004 -- two courses
        above[key] |= shown & away.any(axis=1) & few
        # Of what is hidden something below is hidden, or its sum would be known.
        open_ = above[key] & (counts > 0).any(axis=1) & ~(away & (counts > 0)).any(axis=1)
        smallest = np.where(counts > 0, counts, np.iinfo(np.int64).max).argmin(axis=1)
        away[open_, smallest[open_]] = True
        courses[mine] |= away.T
