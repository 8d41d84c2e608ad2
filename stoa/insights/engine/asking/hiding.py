"""Hides cells of a cross-filter page, the same on every page that shows them (decision 0013)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.crowd import Crowd, Numbers
from stoa.insights.engine.asking.nesting import FAMILY, settled
from stoa.insights.rules.dimensions import Choice, Dimension
from stoa.insights.rules.suppression import hidden, telling

Hidden = NDArray[np.bool_]
_ORDER = list(Dimension)
Pairs = tuple[tuple[str, str], ...]
#: Fields of Counts as (part, whole): who verified and certified is a part of the verified, and so on.
_WHOLES = [0, 0, 0, 0, 0, 4, 0, 6]
_FIELDS = len(_WHOLES)


class Hiding:
    """What a view that shows no group under `least` people hides of a crowd."""

    def __init__(self, crowd: Crowd, least: int) -> None:
        self._crowd = crowd
        self._least = least
        self._places: dict[Pairs, Numbers | None] = {}
        self._counted: dict[tuple[Pairs, tuple[Dimension, ...]], Numbers] = {}
        self._shown: dict[Pairs, bool] = {}
        self._tables: dict[tuple[Pairs, Dimension, Dimension], Hidden] = {}
        self._families: dict[Pairs, dict[Dimension, Hidden]] = {}

    def places(self, choice: Choice) -> Numbers | None:
        """Where the chosen registrations are; looked for once."""
        key = choice.pairs()
        if key not in self._places:
            self._places[key] = self._crowd.where(choice)
        return self._places[key]

    def counts(self, choice: Choice, *dimensions: Dimension) -> Numbers:
        """The counts of a choice by dimensions; counted once."""
        key = (choice.pairs(), dimensions)
        if key not in self._counted:
            found = self._crowd.counts_by_cube(choice, *dimensions)
            self._counted[key] = self._crowd.counts(self.places(choice), *dimensions) if found is None else found
        return self._counted[key]

    def shows(self, choice: Choice) -> bool:
        """Whether the whole of a choice may be shown: its cell is hidden in no table of the chosen dimensions."""
        if self._least <= 1 or not choice.keys:
            return True
        key = choice.pairs()
        if key not in self._shown:
            self._shown[key] = self._may_be_shown(choice)
        return self._shown[key]

    def cells(self, choice: Choice, dimension: Dimension) -> Hidden:
        """Which slices of a dimension are hidden under a choice of others, in whichever table they stand."""
        away = np.zeros(len(self._crowd.keys[dimension]), bool)
        if self._least <= 1:
            return away
        others = tuple(choice.keys)
        if not others:
            return self._whole(choice, dimension)
        if not self.shows(choice):
            return ~away
        for other in others:
            # The table of the two, with whatever else is chosen held fast.
            free = choice.without(other)
            table = self._pair(free, dimension, other)
            away |= table[:, self._codes(choice, other)].any(axis=1)
        if len(others) > 1:
            away |= self._between(choice, dimension, *sorted(others, key=_ORDER.index))
        return away

    def fields(self, table: Numbers, cells: Hidden) -> Hidden:
        """Which fields of slices are hidden: those of hidden slices, those that tell on a few, and enough beside."""
        if self._least <= 1 or not len(table):
            return np.zeros(table.shape, bool)
        away = np.zeros(table.shape, bool)
        for field in range(1, _FIELDS):
            tell = telling(table[:, field], table[:, _WHOLES[field]], self._least) | cells
            away[:, field] = hidden(table[:, field][None, :], self._least, already=tell[None, :])[0] | tell
        return away

    def page(self, choice: Choice) -> dict[Dimension, tuple[Numbers, Hidden, Hidden]]:
        """Of each dimension under the choice of all others: counts, hidden slices, hidden fields of the others."""
        tables = {name: self.counts(choice.without(name), name) for name in Dimension}
        cells = {name: self.cells(choice.without(name), name) for name in Dimension}
        together = self._least > 1 and Dimension.COURSE not in choice.keys
        if together and len(choice.keys) > 1:
            # What leads to no page of its own is settled here.
            lines = {name: (tables[name][:, :1], cells[name][:, None]) for name in FAMILY}
            cells |= {name: mask[:, 0] for name, mask in self._family(lines).items()}
        masks = {name: self.fields(table, cells[name]) for name, table in tables.items()}
        if together:
            lines = {name: (tables[name][:, 1:], masks[name][:, 1:]) for name in FAMILY}
            masks |= {name: np.hstack([masks[name][:, :1], mask]) for name, mask in self._family(lines).items()}
        return {name: (tables[name], cells[name], masks[name]) for name in Dimension}

    def _family(self, lines: Mapping[Dimension, tuple[Numbers, Hidden]]) -> dict[Dimension, Hidden]:
        tables = {name: table for name, (table, _) in lines.items()}
        masks = {name: mask for name, (_, mask) in lines.items()}
        return settled(tables, masks, self._crowd.belongs, self._least)

    @staticmethod
    def fields_alone(fields: Numbers, least: int) -> Hidden:
        """The same of one cell that stands alone."""
        if least <= 1:
            return np.zeros(len(fields), bool)
        away = telling(fields, fields[_WHOLES], least)
        away[0] = False
        return away

    def _may_be_shown(self, choice: Choice) -> bool:
        if 0 < int(self.counts(choice)[0]) < self._least:
            return False
        first = next(iter(choice.keys))
        return not self.cells(choice.without(first), first)[self._codes(choice, first)].any()

    def _between(self, choice: Choice, dimension: Dimension, one: Dimension, two: Dimension) -> Hidden:
        """Slices whose cell is hidden in the table of two chosen dimensions."""
        free = choice.without(one).without(two)
        tables = self._registered(free, dimension, one, two)
        ones, twos = self._codes(choice, one), self._codes(choice, two)
        away = self._tables_of(tables)[:, ones][:, :, twos]
        return np.asarray(away.any(axis=(1, 2)))

    def _pair(self, choice: Choice, one: Dimension, two: Dimension) -> Hidden:
        """What is hidden in the table of two dimensions, whichever of them a page asks by."""
        first, second = sorted((one, two), key=_ORDER.index)
        key = (choice.pairs(), first, second)
        if key not in self._tables:
            self._fill(choice, first, second)
        return self._tables[key] if first is one else self._tables[key].T

    def _fill(self, choice: Choice, first: Dimension, second: Dimension) -> None:
        """Find what is hidden in a table; where one of two is about courses, in those of all that courses belong to."""
        if first not in FAMILY or second in FAMILY:
            table = self._registered(choice, first, second)
            rows, columns = self._whole(choice, first), self._whole(choice, second)
            self._tables[choice.pairs(), first, second] = self._settled(table, rows, columns)
            return
        tables = {name: self._registered(choice, name, second) for name in FAMILY}
        columns = self._whole(choice, second)
        masks = {name: self._settled(table, self._whole(choice, name), columns) for name, table in tables.items()}
        for name, mask in settled(tables, masks, self._crowd.belongs, self._least, across=True).items():
            self._tables[choice.pairs(), name, second] = mask

    def _whole(self, choice: Choice, dimension: Dimension) -> Hidden:
        """Which keys of a dimension are hidden where nothing else is told apart."""
        if dimension not in FAMILY:
            return self._line(self.counts(choice, dimension)[:, 0])
        key = choice.pairs()
        if key not in self._families:
            tables = {name: self.counts(choice, name)[:, :1] for name in FAMILY}
            masks = {name: np.zeros(table.shape, bool) for name, table in tables.items()}
            found = settled(tables, masks, self._crowd.belongs, self._least)
            self._families[key] = {name: mask[:, 0] for name, mask in found.items()}
        return self._families[key][dimension]

    def _registered(self, choice: Choice, *dimensions: Dimension) -> Numbers:
        found = self._crowd.registered_by_cube(choice, *dimensions)
        return self._crowd.registered(self.places(choice), *dimensions) if found is None else found

    def _line(self, line: Numbers) -> Hidden:
        return np.asarray(hidden(line[None, :], self._least)[0])

    def _settled(self, table: Numbers, rows: Hidden, columns: Hidden) -> Hidden:
        """What is hidden in a table of which these rows and columns are."""
        away = rows[:, None] | columns[None, :]
        while True:
            more = hidden(table, self._least, already=away)
            more = np.asarray(more | hidden(table.T, self._least, already=more.T).T | away)
            if (more == away).all():
                return away
            away = more

    def _tables_of(self, tables: Numbers) -> Hidden:
        """What is hidden in tables, each by itself, whose rows and columns are lines, and whose sums are lines too."""
        rows, columns = self._lines(tables.sum(axis=2)), self._lines(tables.sum(axis=1))
        away = rows[:, :, None] | columns[:, None, :]
        growing = np.arange(len(tables))
        while len(growing):
            before, some = away[growing], tables[growing]
            more = self._lines(some, before)
            across = self._lines(some.transpose(0, 2, 1), more.transpose(0, 2, 1)).transpose(0, 2, 1)
            away[growing] = more | across | before
            growing = growing[(away[growing] != before).any(axis=(1, 2))]
        return away

    def _lines(self, lines: Numbers, already: Hidden | None = None) -> Hidden:
        """What is hidden in lines, which are the last axis."""
        size = lines.shape[-1]
        known = None if already is None else already.reshape(-1, size)
        return hidden(lines.reshape(-1, size), self._least, already=known).reshape(lines.shape)

    def _codes(self, choice: Choice, dimension: Dimension) -> list[int]:
        found = (self._crowd.code(dimension, key) for key in choice.of(dimension))
        return [code for code in found if code >= 0]
