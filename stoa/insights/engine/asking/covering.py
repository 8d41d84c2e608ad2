"""Whether the sum of some courses is hidden: it is shown where it is made of sums that are (decision 0013)."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.nesting import PARENTS, TITLE
from stoa.insights.rules.dimensions import Dimension

Numbers = NDArray[np.integer]
Hidden = NDArray[np.bool_]


def covered(chosen: Hidden, masks: Mapping[str, Hidden], members: Mapping[str, Numbers]) -> Hidden:
    """Where the sum of the chosen courses is hidden: whole titles, organisations, areas and runs stand for theirs."""
    alone = masks[Dimension.COURSE] & chosen.reshape(-1, *[1] * (masks[Dimension.COURSE].ndim - 1))
    found = np.asarray(alone.any(axis=0))
    if not found.any():
        return found
    titles = list(_whole(chosen, members[TITLE]))
    for parent in PARENTS:
        own = alone.copy()
        for key, mine in titles:
            # A title whose runs lie apart here is no sum of its own.
            if parent == TITLE or len(set(members[parent][mine].tolist())) == 1:
                own[mine] &= masks[TITLE][key]
        if parent != TITLE:
            for key, mine in _whole(chosen, members[parent]):
                own[mine] &= masks[parent][key]
        found = np.asarray(found & own.any(axis=0))
    return found


def _whole(chosen: Hidden, places: Numbers) -> Iterator[tuple[int, Numbers]]:
    """The keys all of whose courses are chosen, with their courses."""
    all_of = np.bincount(places, minlength=1)
    here = np.bincount(places[chosen], minlength=len(all_of))
    for key in np.flatnonzero((here == all_of) & (here > 0)):
        yield int(key), np.flatnonzero(places == key)
