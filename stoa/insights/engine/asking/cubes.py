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
#: The key of what nobody has.
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
            for some, step in ((gone, np.subtract), (come, np.add)):
                for one in some:
                    step.at(counted.reshape(-1), self._cells(axes, one), 1)
            made._kept[axes] = counted
        made._told = {axis: self._still(axis, told, come) for axis, told in self._told.items()}
        return made

    def table(self, chosen: Mapping[str, Sequence[int]], *axes: str) -> Numbers | None:
        """Registrations of the chosen codes by these axes, in their order; None where no cube may hold that.

        What is chosen is looked up before anything is laid out, so that no table is larger than what is asked for.
        """
        own = _ordered(map(self._base, (*chosen, *axes)))
        found = self._cube(own)
        if found is None:
            return None
        bases = [base for base in own if base in {*map(self._base, axes)}]
        held = self._held(chosen)
        for base, codes in sorted(held.items(), key=lambda one: len(one[1])):
            found = found.take(codes, axis=own.index(base))
        found = found.sum(axis=tuple(place for place, base in enumerate(own) if base not in bases), dtype=np.int64)
        if sorted(axes) == sorted(bases) and not {*held} & {*bases}:
            return np.asarray(found.transpose([bases.index(axis) for axis in axes]))
        return self._laid(found, {base: held.get(base, np.arange(self._sizes[base])) for base in bases}, axes)

    def _base(self, axis: str) -> str:
        """The axis that tells all about this one, where there is one."""
        return axis if self._map(axis) is None else _TELLS[axis]

    def _held(self, chosen: Mapping[str, Sequence[int]]) -> dict[str, Numbers]:
        """The chosen codes of axes as those of the axes that tell them."""
        held: dict[str, Numbers] = {}
        for axis, codes in chosen.items():
            told, base = self._map(axis), self._base(axis)
            one = np.array(codes, np.int64) if told is None else np.flatnonzero(np.isin(told, codes))
            held[base] = one if base not in held else np.intersect1d(held[base], one)
        return held

    def _laid(self, found: Numbers, codes: Mapping[str, Numbers], axes: Axes) -> Numbers:
        """Counts by the axes of these codes as counts by other axes, which they tell."""
        bases, shape = list(codes), self._shape(axes)
        cell = np.zeros([1] * len(bases), np.int64)
        for axis in axes:
            told, base = self._map(axis), self._base(axis)
            here = codes[base] if told is None else told[codes[base]]
            cell = cell * self._sizes[axis] + here.reshape([-1 if one == base else 1 for one in bases])
        cell = np.broadcast_to(cell, found.shape)
        # A key that nobody has tells nothing. Sums of whole numbers far below 2**53 are exact in floats.
        some = found != 0
        counted = np.bincount(cell[some], weights=found[some], minlength=int(np.prod(shape, dtype=np.int64)))
        return np.asarray(counted.astype(np.int64).reshape(shape))

    def _cube(self, own: Axes) -> Numbers | None:
        if own in self._kept:
            self._kept.move_to_end(own)
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
