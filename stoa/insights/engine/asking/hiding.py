"""Hides cells of a cross-filter page, the same on every page that shows them (decision 0013)."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.cells import Cells, Found, Masks, Named
from stoa.insights.engine.asking.covering import covered
from stoa.insights.engine.asking.crowd import Crowd, Numbers
from stoa.insights.engine.asking.daily import Daily
from stoa.insights.engine.asking.nesting import FAMILY
from stoa.insights.engine.asking.times import NO_DAY
from stoa.insights.rules.dimensions import Choice, Dimension
from stoa.insights.rules.suppression import telling

Hidden = NDArray[np.bool_]
#: Cells of more dimensions than this are hidden; courses and what they belong to are one.
MOST_TOLD: Final = 3
_REMEMBERED: Final = 8
#: Fields of Counts as (part, whole): who verified and certified is a part of the verified, and so on.
_WHOLES: Final = [0, 0, 0, 0, 0, 4, 0, 6]
_STATUS: Final = (Dimension.STATUS,)
_TRACK: Final = (Dimension.TRACK,)
_INTENT: Final = (Dimension.INTENT,)


class _Told(NamedTuple):
    """A count inside cells as cells of other dimensions: it is shown where all cells of one of the ways are."""

    by: tuple[Dimension, ...]
    ways: tuple[tuple[tuple[str, ...], ...], ...]


#: Of each field after the first: participants are all but the registered, or the sum of those who came further.
_FIELDS: Final = (
    _Told(_STATUS, ((("registered",),), (("viewed",), ("explored",), ("certified",)))),
    _Told(_STATUS, ((("registered",), ("viewed",)), (("explored",), ("certified",)))),
    _Told(_STATUS, ((("certified",),),)),
    _Told(_TRACK, ((("verified",),),)),
    _Told((*_TRACK, *_STATUS), ((("verified", "certified"),),)),
    _Told(_INTENT, ((("certificate",),),)),
    _Told((*_INTENT, *_STATUS), ((("certificate", "certified"),),)),
)


class Hiding:
    """What a view that shows no group under `least` people hides of a crowd; one for all pages of a version."""

    def __init__(self, crowd: Crowd, least: int, before: Mapping[Named, Found] | None = None) -> None:
        self._crowd = crowd
        self._least = least
        self.known = Cells(crowd, least, before)
        self._places: dict[tuple[tuple[str, str], ...], Numbers | None] = {}
        self._daily = Daily(crowd, least, self.known)

    def places(self, choice: Choice) -> Numbers | None:
        """Where the chosen registrations are."""
        key = choice.pairs()
        if key not in self._places:
            self._places[key] = self._crowd.where(choice)
            if len(self._places) > _REMEMBERED:
                del self._places[next(iter(self._places))]
        return self._places[key]

    def counts(self, choice: Choice, *dimensions: Dimension) -> Numbers:
        """The counts of a choice by dimensions."""
        found = self._crowd.counts_by_cube(choice, *dimensions)
        return self._crowd.counts(self.places(choice), *dimensions) if found is None else found

    def registered(self, choice: Choice, *dimensions: Dimension) -> Numbers:
        """How many registrations each has."""
        found = self._crowd.registered_by_cube(choice, *dimensions)
        return self._crowd.registered(self.places(choice), *dimensions) if found is None else found

    def shows(self, choice: Choice) -> bool:
        """Whether the whole of a choice may be shown."""
        return self._least <= 1 or not self.away(choice).any()

    def cells(self, choice: Choice, dimension: Dimension) -> Hidden:
        """Which slices of a dimension are hidden under a choice of others."""
        if self._least <= 1:
            return np.zeros(len(self._crowd.keys[dimension]), bool)
        return self.away(choice, dimension)

    def away(self, choice: Choice, *bars: Dimension) -> Hidden:
        """What is hidden of a choice by dimensions, an axis each: a sum is shown where all that it is made of is."""
        related = any(name in FAMILY for name in (*choice.keys, *bars))
        free = [name for name in bars if name not in FAMILY]
        others = [name for name in choice.keys if name not in FAMILY] + free
        if _told((*choice.keys, *bars)) > MOST_TOLD:
            return np.ones([len(self._crowd.keys[name]) for name in bars], bool)
        if not related:
            if not others:
                return np.asarray(0 < len(self._crowd) < self._least)
            return self._any(self.known.others(*others), choice, others[: len(others) - len(free)])
        masks = self.known.family(*others)
        chosen = others[: len(others) - len(free)]
        masks = {name: self._any(mask, choice, chosen, beside=1) for name, mask in masks.items()}
        return self._by_courses(choice, masks, bars)

    def fields(self, choice: Choice, table: Numbers, *bars: Dimension) -> Hidden:
        """Which fields are hidden of all that is chosen, or of its slices, whose counts are in `table`."""
        if self._least <= 1:
            return np.zeros(table.shape, bool)
        away = np.zeros(table.shape, bool)
        away[..., 0] = self.away(choice, *bars)
        for field in range(1, len(_WHOLES)):
            away[..., field] = away[..., 0] | self._field(choice, table, bars, field)
        return away

    def of_courses(self, choice: Choice, masks: Masks) -> Hidden:
        """What is hidden of the sum of the chosen courses, by masks of courses and of what they belong to."""
        return covered(self._courses(choice), masks, self.known.members)

    def page(self, choice: Choice) -> dict[Dimension, tuple[Numbers, Hidden]]:
        """Of each dimension under the choice of all others: counts, and which of them are hidden."""
        return {name: self._slices(choice.without(name), name) for name in Dimension}

    def _slices(self, choice: Choice, name: Dimension) -> tuple[Numbers, Hidden]:
        if self._least <= 1 or _told((*choice.keys, name)) < MOST_TOLD:
            table = self.counts(choice, name)
            return table, self.fields(choice, table, name)
        # Counts inside these cells are hidden all.
        table = np.zeros((len(self._crowd.keys[name]), len(_WHOLES)), np.int64)
        table[:, 0] = self.registered(choice, name)
        masks = np.ones(table.shape, bool)
        masks[:, 0] = self.away(choice, name)
        return table, masks

    def days(self, choice: Choice) -> Hidden | None:
        """Which days are hidden of who registered, got the credential, was active; None where all are."""
        found = np.zeros((3, NO_DAY), bool)
        if self._least <= 1:
            return found
        others = [name for name in choice.keys if name not in FAMILY]
        if _told(choice.keys) > 1:
            return None
        if len(others) < len(choice.keys):
            away = self.of_courses(choice, self._daily.family)
        elif others:
            away = np.asarray(self._daily.others(others[0])[:, self._codes(choice, others[0])].any(axis=1))
        else:
            away = self._daily.all
        found[:, self._daily.span] = away
        return found

    def possible(self, choice: Choice, dimension: Dimension) -> Hidden:
        """Slices that somebody could be in, as far as other pages tell."""
        found = self.registered(Choice(), dimension) > 0
        for name, keys in choice.keys.items():
            one = Choice(keys={name: keys})
            if name in FAMILY and dimension in FAMILY:
                found = found & (self.registered(one, dimension) > 0)
            elif len(choice.keys) > 1:
                found = found & ((self.registered(one, dimension) > 0) | self.cells(one, dimension))
        return np.asarray(found)

    def _field(self, choice: Choice, table: Numbers, bars: tuple[Dimension, ...], field: int) -> Hidden:
        told, counts = _FIELDS[field - 1], table[..., field]
        if any(name in choice.keys or name in bars for name in told.by):
            # Under a status all are so far, or none; where not, it is too much to tell.
            return np.asarray((counts != 0) & (counts != table[..., 0]))
        away = self.away(choice, *bars, *told.by)
        mask = np.all([self._gone(away, told.by, way) for way in told.ways], axis=0)
        if not self._crowd.consistent:
            mask = mask | telling(counts, table[..., _WHOLES[field]], self._least)
            mask = mask | (self._odd(choice, table, bars, field) if told.by == _STATUS else False)
        return np.asarray(mask)

    def _gone(self, away: Hidden, by: tuple[Dimension, ...], way: tuple[tuple[str, ...], ...]) -> Hidden:
        """Where any of these keys is hidden, whose axes are the last."""
        found = np.zeros(away.shape[: away.ndim - len(by)], bool)
        for key in way:
            codes = [self._crowd.code(name, one) for name, one in zip(by, key, strict=True)]
            if min(codes) >= 0:
                flat = away.reshape(*found.shape, -1)
                found = found | flat[..., np.ravel_multi_index(codes, away.shape[found.ndim :])]
        return found

    def _odd(self, choice: Choice, table: Numbers, bars: tuple[Dimension, ...], field: int) -> Hidden:
        """Where a few are told otherwise by the field than by some of the statuses."""
        by_key = self.registered(choice, *bars, *_STATUS).reshape(*table.shape[:-1], -1)
        found = np.zeros(table.shape[:-1], bool)
        for size in range(1, by_key.shape[-1] + 1):
            for some in combinations(range(by_key.shape[-1]), size):
                few = abs(by_key[..., list(some)].sum(axis=-1) - table[..., field])
                found = found | ((few > 0) & (few < self._least))
        return found

    def _any(self, mask: Hidden, choice: Choice, chosen: Sequence[Dimension], beside: int = 0) -> Hidden:
        """Where any of the chosen keys is hidden; their axes come after those `beside`."""
        for name in chosen:
            mask = np.asarray(mask.take(self._codes(choice, name), axis=beside).any(axis=beside))
        return mask

    def _by_courses(self, choice: Choice, masks: Masks, bars: tuple[Dimension, ...]) -> Hidden:
        members = self.known.members
        chosen = self._courses(choice)
        bar = next((name for name in bars if name in FAMILY), None)
        if bar is None:
            return covered(chosen, masks, members)
        if bar is Dimension.COURSE:
            found = np.asarray(masks[bar] & chosen.reshape(-1, *[1] * (masks[bar].ndim - 1)))
        elif chosen.all():
            found = masks[bar]
        else:
            places = members[bar]
            ones = [covered(chosen & (places == key), masks, members) for key in range(len(self._crowd.keys[bar]))]
            found = np.stack(ones)
        return np.moveaxis(found, 0, bars.index(bar))

    def _courses(self, choice: Choice) -> Hidden:
        """The courses that are chosen, by themselves or with what they belong to."""
        found = np.ones(len(self._crowd.keys[Dimension.COURSE]), bool)
        for name in FAMILY:
            if name in choice.keys:
                own = np.arange(len(found)) if name is Dimension.COURSE else self.known.members[name]
                found &= np.isin(own, self._codes(choice, name))
        return found

    def _codes(self, choice: Choice, dimension: Dimension) -> list[int]:
        found = (self._crowd.code(dimension, key) for key in choice.of(dimension))
        return [code for code in found if code >= 0]


def _told(dimensions: Iterable[Dimension]) -> int:
    """In how many ways these tell apart; courses and what they belong to are one."""
    return len({Dimension.COURSE if name in FAMILY else name for name in dimensions})
