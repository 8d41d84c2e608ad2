"""Which cells of a crowd are hidden, by up to three dimensions: found once a version, looked up by all pages (0013)."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.crowd import Crowd, Numbers
from stoa.insights.engine.asking.levels import Pairs, levels
from stoa.insights.engine.asking.nesting import PARENTS, settled, summed
from stoa.insights.engine.asking.solving import Margins
from stoa.insights.rules.dimensions import Choice, Dimension
from stoa.insights.rules.suppression import hidden

Hidden = NDArray[np.bool_]
Masks = Mapping[str, Hidden]
_ORDER: Final = list(Dimension)
_ALONE: Final = ""
Named = tuple[Dimension, ...]


class Found(NamedTuple):
    """What is hidden of tables with these numbers."""

    numbers: bytes
    masks: Masks


class Cells:
    """The hidden cells of a crowd for a view that shows no group under `least` people.

    Courses and what they belong to are one dimension here, told apart in several ways: `family`. The others are free of
    one another: `others`. Arrays have an axis a dimension, in the order in which they are asked for.
    """

    def __init__(self, crowd: Crowd, least: int, before: Mapping[Named, Found] | None = None) -> None:
        self._crowd = crowd
        self._least = least
        # What was found of the version before holds where its numbers are the same.
        self._before = before or {}
        self.found: dict[Named, Found] = {}

    def others(self, *dimensions: Dimension) -> Hidden:
        """What is hidden in a table of one to three dimensions that are not about courses."""
        own = tuple(sorted(dimensions, key=_ORDER.index))
        masks = self._once(own, lambda: {_ALONE: self._made(own)})
        return masks[_ALONE].transpose([own.index(name) for name in dimensions])

    def family(self, *dimensions: Dimension) -> Masks:
        """What is hidden of courses, and of what they belong to, by none to two other dimensions, which come after."""
        own = tuple(sorted(dimensions, key=_ORDER.index))
        masks = self._once((Dimension.COURSE, *own), lambda: self._related(own))
        turned = [0, *(1 + own.index(name) for name in dimensions)]
        return {name: mask.transpose(turned) for name, mask in masks.items()}

    def _once(self, own: Named, make: Callable[[], Masks]) -> Masks:
        if own not in self.found:
            numbers = self._numbers(own)
            before = self._before.get(own)
            self.found[own] = before if before and before.numbers == numbers else Found(numbers, make())
        return self.found[own].masks

    def _numbers(self, own: Named) -> bytes:
        """What tells the table, and what courses belong to, from another: what is hidden follows from these alone."""
        told = hashlib.blake2b(repr([self._crowd.keys[name] for name in own]).encode())
        told.update(self._registered(*own).astype(np.int64).tobytes())
        if Dimension.COURSE in own:
            told.update(np.stack(list(self.members.values())).astype(np.int64).tobytes())
        return told.digest()

    @cached_property
    def members(self) -> Mapping[str, Numbers]:
        """For each course its place among the keys of what it belongs to."""
        return self._crowd.belongs

    def _made(self, own: tuple[Dimension, ...]) -> Hidden:
        if len(own) == 1:
            line = self._registered(*own)
            return np.asarray(hidden(line[None, :], self._least)[0])
        if len(own) == 2:  # noqa: PLR2004 -- a table
            rows, columns = (self.others(name) for name in own)
            table = self._registered(*own)
            mask = rows[:, None] | columns[None, :]
            margins = Margins(rows={_ALONE: rows}, columns=columns)
            # Of what is hidden by itself it is not told either where nobody is.
            return mask | settled({_ALONE: table}, {_ALONE: mask}, {}, self._least, margins)[_ALONE]
        *two, last = sorted(own, key=self._keys, reverse=True)
        order, rank = self._by_frequency(last)
        table = self._registered(*two, last)[:, :, order]
        found = levels(
            {_ALONE: table},
            {_ALONE: Pairs(self.others(*two), self.others(two[0], last)[:, order])},
            self.others(two[1], last)[:, order],
            {},
            self._least,
        )[_ALONE]
        made = found[:, :, None] <= rank[None, None, :]
        return made.transpose([[*two, last].index(name) for name in own])

    def _related(self, own: tuple[Dimension, ...]) -> Masks:
        if not own:
            tables = self._tables()
            flat = {name: table[:, None] for name, table in tables.items()}
            none = {name: np.zeros(table.shape, bool) for name, table in flat.items()}
            found = settled(flat, none, self.members, self._least, Margins())
            return {name: mask[:, 0] for name, mask in found.items()}
        if len(own) == 1:
            tables, whole, columns = self._tables(*own), self.family(), self.others(*own)
            masks = {name: whole[name][:, None] | columns[None, :] for name in tables}
            found = settled(tables, masks, self.members, self._least, Margins(rows=whole, columns=columns))
            return {name: masks[name] | mask for name, mask in found.items()}
        one, last = sorted(own, key=self._keys, reverse=True)
        order, rank = self._by_frequency(last)
        tables = {name: table[:, :, order] for name, table in self._tables(one, last).items()}
        by_one, by_last = self.family(one), self.family(last)
        pairs = {name: Pairs(by_one[name], by_last[name][:, order]) for name in tables}
        begun = levels(tables, pairs, self.others(one, last)[:, order], self.members, self._least)
        turned = [0, *(1 + [one, last].index(name) for name in own)]
        return {name: (level[:, :, None] <= rank[None, None, :]).transpose(turned) for name, level in begun.items()}

    def _tables(self, *others: Dimension) -> dict[str, Numbers]:
        courses = self._registered(Dimension.COURSE, *others)
        return {Dimension.COURSE: courses} | {name: summed(courses, self.members[name]) for name in PARENTS}

    def _registered(self, *dimensions: Dimension) -> Numbers:
        found = self._crowd.registered_by_cube(Choice(), *dimensions)
        return self._crowd.registered(None, *dimensions) if found is None else found

    def _keys(self, dimension: Dimension) -> int:
        return len(self._crowd.keys[dimension])

    def _by_frequency(self, dimension: Dimension) -> tuple[Numbers, Numbers]:
        """The keys from the most frequent to the rarest, and the place of each."""
        order = np.argsort(-self._registered(dimension).astype(np.int64), kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return order, rank
