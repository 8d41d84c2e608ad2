"""Counts of a crowd by combinations of keys, made once a version: pages take their tables from them."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.rules.dimensions import Dimension

Numbers = NDArray[np.integer]
Axes = tuple[str, ...]
Columns = Mapping[str, Numbers]
#: The axis of how far people came.
PATTERN: Final = "pattern"
#: Axes that say all about others, where they do: a course has one organisation, a pattern one status.
_TELLS: Final[Mapping[str, str]] = {
    Dimension.ORGANISATION: Dimension.COURSE,
    Dimension.RUN: Dimension.COURSE,
    Dimension.AREA: Dimension.COURSE,
    Dimension.STATUS: PATTERN,
    Dimension.TRACK: PATTERN,
}
_WHO: Final[Axes] = (
    Dimension.GENDER,
    Dimension.AGE,
    Dimension.EDUCATION,
    Dimension.INTENT,
    Dimension.TEACHER,
)
_ORDER: Final[Axes] = (*Dimension, PATTERN)
#: What stands before the axes of a table that is laid out of a cube of others; the key of what nobody has.
_LAID: Final[Axes] = ("",)
_NEVER: Final = -1
#: Cubes from which smaller ones are added up, as long as they have not too many cells.
_HOSTS: Final[Sequence[Axes]] = (
    (*_WHO, PATTERN),
    (Dimension.COURSE, Dimension.COUNTRY, PATTERN),
    (Dimension.COUNTRY, *_WHO),
    (Dimension.COURSE, *_WHO),
)
#: No cube has more cells than this, nor than people and these few; all that are kept have so many together.
_MOST: Final = 4_000_000
_FEW: Final = 4_096
_KEPT: Final = 32_000_000


class Cubes:
    """The cubes of a crowd: of its columns, each a number of a key, and how many keys each has."""

    def __init__(self, columns: Columns, sizes: Mapping[str, int]) -> None:
        self._columns = columns
        self._sizes = sizes
        self._people = len(columns[PATTERN])
        self._told: dict[str, Numbers | None] = {}
        self._kept: OrderedDict[Axes, Numbers] = OrderedDict()

    def moved(self, columns: Columns, *, gone: Sequence[Columns], come: Sequence[Columns]) -> "Cubes":
        """The cubes of a crowd of these columns: of this one without some people and with others, of the same keys.

        What is counted already is counted on, so that these cubes are no use any more.
        """
        made = Cubes(columns, self._sizes)
        for axes, counted in self._kept.items():
            if axes[:1] != _LAID:
                for some, step in ((gone, np.subtract), (come, np.add)):
                    for one in some:
                        step.at(counted.reshape(-1), self._cells(axes, one), 1)
                made._kept[axes] = counted
        made._told = {axis: self._still(axis, told, come) for axis, told in self._told.items()}
        return made

    def table(self, *axes: str) -> Numbers | None:
        """Registrations by these axes, in their order; None where that is more than a cube may hold."""
        key = (*_LAID, *axes)
        if key not in self._kept:
            bases = [axis if self._map(axis) is None else _TELLS[axis] for axis in axes]
            own = _ordered(bases)
            found = self._cube(own)
            if found is None:
                return None
            self._keep(key, found if own == axes else self._laid(found, own, axes))
        return self._kept[key]

    def _laid(self, found: Numbers, own: Axes, axes: Axes) -> Numbers:
        """A cube of its own axes as one of others, which they tell."""
        some = np.flatnonzero(found)
        codes = dict(zip(own, np.unravel_index(some, found.shape), strict=True))
        cell = np.zeros(len(some), np.int64)
        for axis in axes:
            told = self._map(axis)
            cell = cell * self._sizes[axis] + (codes[axis] if told is None else told[codes[_TELLS[axis]]])
        shape = self._shape(axes)
        # Sums of whole numbers far below 2**53 are exact in floats.
        counted = np.bincount(cell, weights=found.ravel()[some], minlength=int(np.prod(shape, dtype=np.int64)))
        return np.asarray(counted.astype(np.int32).reshape(shape))

    def _cube(self, own: Axes) -> Numbers | None:
        if own in self._kept:
            return self._kept[own]
        host = next((one for one in map(_ordered, _HOSTS) if {*own} < {*one} and self._fits(one)), None)
        if host is not None:
            whole = self._cube(host)
            others = tuple(place for place, one in enumerate(host) if one not in own)
            if whole is None:
                return None
            return self._keep(own, np.ascontiguousarray(whole.sum(axis=others, dtype=np.int32)))
        return self._keep(own, self._counted(own)) if self._fits(own) else None

    def _fits(self, axes: Axes) -> bool:
        return int(np.prod(self._shape(axes), dtype=np.int64)) <= min(_MOST, max(_FEW, self._people))

    def _counted(self, axes: Axes) -> Numbers:
        shape = self._shape(axes)
        counted = np.bincount(self._cells(axes, self._columns), minlength=int(np.prod(shape, dtype=np.int64)))
        return np.asarray(counted.astype(np.int32).reshape(shape))

    def _cells(self, axes: Axes, columns: Columns) -> Numbers:
        """The cell that each of these people is counted in."""
        cell = np.zeros(len(columns[PATTERN]), np.int32)
        for axis in axes:
            np.multiply(cell, np.int32(self._sizes[axis]), out=cell)
            np.add(cell, columns[axis], out=cell, casting="unsafe")
        return cell

    def _map(self, axis: str) -> Numbers | None:
        """The key of this axis for each key of the one that tells it; None where none does."""
        if axis not in _TELLS:
            return None
        if axis not in self._told:
            base, codes = self._columns[_TELLS[axis]], self._columns[axis]
            found = np.full(self._sizes[_TELLS[axis]], _NEVER, np.int32)
            found[base] = codes
            self._told[axis] = found if bool((found[base] == codes).all()) else None
        return self._told[axis]

    def _still(self, axis: str, told: Numbers | None, come: Sequence[Columns]) -> Numbers | None:
        """What tells an axis, where it still does with these people too."""
        for one in come:
            if told is not None:
                base, codes = one[_TELLS[axis]], one[axis]
                found = told.copy()
                found[base] = codes
                same = (told[base] == codes) | (told[base] == _NEVER)
                told = found if bool((same & (found[base] == codes)).all()) else None
        return told

    def _shape(self, axes: Axes) -> tuple[int, ...]:
        return tuple(self._sizes[axis] for axis in axes)

    def _keep(self, key: Axes, made: Numbers) -> Numbers:
        self._kept[key] = made
        while sum(one.size for one in self._kept.values()) > _KEPT and len(self._kept) > 1:
            self._kept.popitem(last=False)
        return made


def _ordered(axes: Iterable[str]) -> Axes:
    return tuple(sorted({*axes}, key=_ORDER.index))
