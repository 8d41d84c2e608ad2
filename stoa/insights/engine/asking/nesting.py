"""Hides cells of courses and of what courses belong to, so that a sum over courses tells no more than it says.

Every course belongs to one organisation, one run code, one area, and with its other runs to one title: the figure of
each is the sum of those of its courses, and both are shown. So the courses of each that is shown are a line: where one
of them is hidden, the next smallest is hidden beside it and the sum stays; only where its courses are too few for that
the sum is hidden too. And of a sum that is hidden one course at least is hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.solving import Margins, determined
from stoa.insights.rules.dimensions import Dimension
from stoa.insights.rules.suppression import enough, hidden, in_turn

Numbers = NDArray[np.integer]
Hidden = NDArray[np.bool_]
_NEVER: Final = np.iinfo(np.int64).max
#: A course with all its runs; no bar tells titles apart, but each has a board of its own.
TITLE: Final = "title"
#: What a course belongs to, and by what its figures are told apart.
PARENTS: Final = (TITLE, Dimension.ORGANISATION, Dimension.AREA, Dimension.RUN)
FAMILY: Final = (Dimension.COURSE, Dimension.ORGANISATION, Dimension.RUN, Dimension.AREA)


def titles(courses: Sequence[str], above: Sequence[Numbers]) -> Numbers:
    """For each key of a course the number of its title, which has one key of each that is `above`."""
    names = [key.rpartition("+")[0] or key.rpartition("/")[0] or key for key in courses]
    told = list(zip(names, *(places.tolist() for places in above), strict=True))
    place = {one: number for number, one in enumerate(sorted(set(told)))}
    return np.array([place[one] for one in told], np.int64)


def summed(courses: Numbers, places: Numbers) -> Numbers:
    """The sums of a table of courses by what they belong to, whose numbers are `places`."""
    table = np.zeros((int(places.max(initial=-1)) + 1, *courses.shape[1:]), np.int64)
    order = np.argsort(places, kind="stable")
    keys, starts = np.unique(places[order], return_index=True)
    if len(keys):
        table[keys] = np.add.reduceat(courses[order], starts, axis=0, dtype=np.int64)
    return table


def settled(
    tables: Mapping[str, Numbers],
    masks: Mapping[str, Hidden],
    belongs: Mapping[str, Numbers],
    least: int,
    margins: Margins,
) -> dict[str, Hidden]:
    """The masks with all that must be hidden beside them, and the cells that are too small.

    Tables have a row a key and any number of columns, each of them a line; where `margins` know of rows, those are
    lines too. `belongs` names each course's row in the table of each parent.
    """
    found = {name: (mask | (tables[name] < least)) & (tables[name] > 0) for name, mask in masks.items()}
    while True:
        _close(tables, found, belongs, least, lines=margins.rows is not None)
        if not _hide_beside(tables, found, determined(tables, found, belongs, margins), least):
            return found


def _close(
    tables: Mapping[str, Numbers],
    found: dict[str, Hidden],
    belongs: Mapping[str, Numbers],
    least: int,
    *,
    lines: bool,
) -> None:
    """Hide until every line and every sum has enough hidden cells, or none; `lines` where rows are lines too."""
    sums = list(_sums(belongs))
    # Cells are only ever added, so where there are as many as before nothing is to be done.
    seen: dict[tuple[str, ...], tuple[int, ...]] = {}

    def changed(*names: str) -> bool:
        now = tuple(int(found[name].sum()) for name in names)
        before, seen[names] = seen.get(names), now
        return now != before

    while changed(*found):
        # Within the family first: what it hides is often enough for the lines of all.
        for part, whole, places in sums:
            if changed(part, whole):
                _settle((tables[part], found[part]), found[whole], places, least)
        for name in [name for name in tables if len(tables) == 1 or changed(name)]:
            found[name] |= hidden(tables[name].T, least, already=found[name].T).T
            if lines:
                found[name] |= hidden(tables[name], least, already=found[name])


def _hide_beside(
    tables: Mapping[str, Numbers], found: dict[str, Hidden], follow: Mapping[str, Hidden], least: int
) -> bool:
    """Hide one cell more beside the first small one that follows; whether there was any.

    It is the next smallest of its row or its column; where its table has none left, of the same column of another.
    """
    for name, mask in follow.items():
        for row, column in np.argwhere(mask & (tables[name] < least)):
            beside = np.zeros(mask.shape, bool)
            beside[row], beside[:, column] = True, True
            if _hide_next(tables[name], found[name], beside) or any(
                _hide_next(tables[other], found[other], np.arange(mask.shape[1]) == column)
                for other in sorted(tables, reverse=True)
                if other != name
            ):
                return True
    return False


def _hide_next(table: Numbers, away: Hidden, among: Hidden) -> bool:
    turns = np.where(among & ~away & (table > 0), in_turn(table), _NEVER)
    if turns.min(initial=_NEVER) == _NEVER:
        return False
    away[np.unravel_index(turns.argmin(), turns.shape)] = True
    return True


def _sums(belongs: Mapping[str, Numbers]) -> Iterator[tuple[str, str, Numbers]]:
    """What is a sum of what: (part, whole, the number of the whole for each part)."""
    for parent, places in belongs.items():
        yield Dimension.COURSE, parent, places
    # All runs of a title have one organisation and one area.
    for parent in (Dimension.ORGANISATION, Dimension.AREA):
        if parent in belongs:
            above = np.zeros(int(belongs[TITLE].max(initial=-1)) + 1, np.int64)
            above[belongs[TITLE]] = belongs[parent]
            yield TITLE, parent, above


def _settle(parts: tuple[Numbers, Hidden], above: Hidden, places: Numbers, least: int) -> None:
    """Go once over the wholes in which anything is hidden."""
    table, below = parts
    number = np.bincount(places, minlength=len(above))
    alone = number[places] == 1
    below[alone] |= above[places[alone]]
    above[places[alone]] |= below[alone]
    touched = np.zeros(len(above), bool)
    touched[places[below.any(axis=1)]] = True
    touched |= above.any(axis=1)
    for key in np.flatnonzero(touched & (number > 1)):
        mine = np.flatnonzero(places == key)
        counts, away = table[mine].T, below[mine].T
        shown = ~above[key]
        away = np.where(shown[:, None], hidden(counts, least, already=away), away)
        few = ~enough(away.sum(axis=1), (counts * away).sum(axis=1), least)
        above[key] |= shown & away.any(axis=1) & few
        # Of what is hidden something below is hidden, or its sum would be known.
        open_ = above[key] & (counts > 0).any(axis=1) & ~(away & (counts > 0)).any(axis=1)
        smallest = np.where(counts > 0, counts, np.iinfo(np.int64).max).argmin(axis=1)
        away[open_, smallest[open_]] = True
        below[mine] |= away.T
