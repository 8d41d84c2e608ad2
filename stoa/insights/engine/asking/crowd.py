"""All registrations in memory, each in some forty bytes: small numbers in place of words, so that counting is fast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.columns import FIELDS, LEARNERS, PATTERNS, key_of, pattern
from stoa.insights.rules.bands import ADULT, BANDS, HIGH, LOW
from stoa.insights.rules.dimensions import UNKNOWN, Choice, Dimension

Numbers = NDArray[np.integer]
NO_DAY = 65_535
"""The day of what did not happen. Days count from 1970."""
_DAY = 86_400_000_000
_SMALL, _MIDDLE = 256, 65_536
#: The columns beside the dimensions.
COLUMNS: Final = ("patterns", "registered_on", "acted_on", "certified_on", "ages", "seconds")
_BITS_OF = np.arange(PATTERNS)
#: Patterns by fields of Counts: which registrations each field counts.
_COUNTED = np.array([[(bits & wanted) == wanted for wanted in FIELDS] for bits in _BITS_OF], dtype=np.int64)


def nobody() -> Numbers:
    """An empty column."""
    return np.zeros(0, np.int64)


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Registrations by column: the code of each dimension's key, how far they came, when, and how long it took.

    `until` is the last event of anybody, in microseconds; 0 where there is none.
    """

    keys: Mapping[Dimension, tuple[str, ...]]
    codes: Mapping[Dimension, Numbers]
    patterns: Numbers
    registered_on: Numbers
    acted_on: Numbers
    certified_on: Numbers
    ages: Numbers
    seconds: Numbers
    until: int
    # Who acted on which day: an index into the columns, and the day; one entry a registration and day.
    active_who: Numbers = field(default_factory=nobody)
    active_on: Numbers = field(default_factory=nobody)

    @cached_property
    def belongs(self) -> Mapping[Dimension, Numbers]:
        """For each course, in the order of their keys: its organisation, run and area, as numbers of their keys."""
        above = (Dimension.ORGANISATION, Dimension.RUN, Dimension.AREA)
        return {name: self.registered(None, Dimension.COURSE, name).argmax(axis=1) for name in above}

    @cached_property
    def degrees(self) -> Numbers:
        """For each registration: 1 with less than a bachelor's degree, 2 with one or more; 0 not said, or under 25."""
        ages, levels = self.keys[Dimension.AGE], self.keys[Dimension.EDUCATION]
        young = {name for youngest, name in BANDS if youngest < ADULT} | {UNKNOWN}
        adult = np.array([name not in young for name in ages], np.uint8)
        level = np.array([2 if name in HIGH else 1 if name in LOW else 0 for name in levels], np.uint8)
        return adult[self.codes[Dimension.AGE]] * level[self.codes[Dimension.EDUCATION]]

    def __len__(self) -> int:
        return len(self.patterns)

    def of_courses(self, courses: Sequence[str]) -> "Crowd":
        """The registrations in these courses only."""
        places = self.where(Choice(keys={Dimension.COURSE: tuple(sorted(courses))}))
        if places is None:
            return self
        new = np.full(len(self), -1, np.int64)
        new[places] = np.arange(len(places))
        here = new[self.active_who] >= 0 if len(self.active_who) else np.zeros(0, bool)
        return replace(
            self,
            codes={name: column[places] for name, column in self.codes.items()},
            active_who=new[self.active_who[here]],
            active_on=self.active_on[here],
            **{name: getattr(self, name)[places] for name in COLUMNS},
        )

    def active_by_day(self, places: Numbers | None) -> Numbers:
        """How many of the chosen registrations acted on each day."""
        days = self.active_on
        if places is not None and len(days):
            chosen = np.zeros(len(self), bool)
            chosen[places] = True
            days = days[chosen[self.active_who]]
        found: Numbers = np.bincount(days.astype(np.int64), minlength=NO_DAY + 1)[:NO_DAY]
        return found

    def code(self, dimension: Dimension, key: str) -> int:
        """The number of a key, -1 where nobody has it."""
        keys = self.keys[dimension]
        return keys.index(key) if key in keys else -1

    def where(self, choice: Choice) -> Numbers | None:
        """The places of the chosen registrations, None where that is everybody."""
        held: NDArray[np.bool_] | None = None
        for dimension in choice.keys:
            one = self.holds(choice, dimension)
            held = one if held is None else held & one
        return None if held is None else np.flatnonzero(held)

    def holds(self, choice: Choice, dimension: Dimension) -> NDArray[np.bool_]:
        """Whether each registration has one of the chosen keys of a dimension."""
        wanted = np.zeros(len(self.keys[dimension]) + 1, dtype=np.bool_)
        wanted[[self.code(dimension, key) for key in choice.of(dimension)]] = True
        # The last place is for keys that nobody has.
        wanted[-1] = False
        return wanted[self.codes[dimension]]

    def registered(self, places: Numbers | None, *dimensions: Dimension) -> Numbers:
        """How many registrations each combination of keys has."""
        shape = tuple(len(self.keys[dimension]) for dimension in dimensions)
        cell = np.zeros(len(self) if places is None else len(places), np.int32)
        step = 1
        for dimension, size in reversed(list(zip(dimensions, shape, strict=True))):
            cell += _taken(self.codes[dimension], places).astype(np.int32) * np.int32(step)
            step *= size
        found: Numbers = np.bincount(cell, minlength=step).reshape(shape)
        return found

    def counts(self, places: Numbers | None, *dimensions: Dimension) -> Numbers:
        """The fields of Counts for each combination of keys: an array of as many axes, and one for the fields."""
        shape = tuple(len(self.keys[dimension]) for dimension in dimensions)
        cell = _taken(self.patterns, places).astype(np.int32)
        step = PATTERNS
        for dimension, size in reversed(list(zip(dimensions, shape, strict=True))):
            cell += _taken(self.codes[dimension], places).astype(np.int32) * np.int32(step)
            step *= size
        return np.bincount(cell, minlength=step).reshape(*shape, PATTERNS) @ _COUNTED


def _taken(column: Numbers, places: Numbers | None) -> Numbers:
    return column if places is None else column[places]


def crowd_of(files: Sequence[str], connection: duckdb.DuckDBPyConnection) -> Crowd:
    """Read the registrations that these Parquet files hold."""
    # Paths can't be bound in a view.
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    learners = f"SELECT * FROM read_parquet([{quoted}]) WHERE {LEARNERS}"  # noqa: S608 -- our own files
    connection.execute(f"CREATE OR REPLACE TEMP VIEW learners AS {learners}")
    keys = {dimension: _keys(connection, dimension) for dimension in Dimension}
    columns = connection.execute(_QUESTION).fetchnumpy()
    return Crowd(
        keys=keys,
        codes={dimension: _filled(columns[dimension.value]) for dimension in Dimension},
        **{name: _filled(columns[name]) for name in COLUMNS},
        until=int(columns["until"].max(initial=0)),
    )


def joined(crowds: Sequence[Crowd]) -> Crowd:
    """The registrations of several crowds as one."""
    keys = {name: tuple(sorted({key for one in crowds for key in one.keys[name]})) for name in Dimension}
    return Crowd(
        keys=keys,
        codes={name: _concatenated([_recoded(one, name, keys[name]) for one in crowds]) for name in Dimension},
        **{name: _concatenated([getattr(one, name) for one in crowds]) for name in COLUMNS},
        until=max((one.until for one in crowds), default=0),
    )


def _recoded(one: Crowd, dimension: Dimension, keys: tuple[str, ...]) -> Numbers:
    """The codes of a crowd as places in more keys."""
    place = {key: number for number, key in enumerate(keys)}
    kind = np.uint8 if len(keys) <= _SMALL else np.uint16 if len(keys) <= _MIDDLE else np.uint32
    translated: Numbers = np.array([place[key] for key in one.keys[dimension]], dtype=kind)
    return translated[one.codes[dimension]] if len(one) else translated[:0]


def _concatenated(columns: Sequence[Numbers]) -> Numbers:
    return np.concatenate(columns) if columns else np.zeros(0, dtype=np.uint16)


_QUESTION = f"""
SELECT {", ".join(f'enum_code({key_of(name)}::keys_of_{name.value}) AS "{name.value}"' for name in Dimension)},
    ({pattern()})::UTINYINT AS patterns,
    coalesce(start_time // {_DAY}, {NO_DAY})::USMALLINT AS registered_on,
    coalesce(CASE WHEN viewed THEN first_event // {_DAY} END, {NO_DAY})::USMALLINT AS acted_on,
    coalesce(CASE WHEN certified THEN cert_time // {_DAY} END, {NO_DAY})::USMALLINT AS certified_on,
    coalesce(age, 255)::UTINYINT AS ages,
    coalesce(sum_dt_30 // 1000000, 0)::UINTEGER AS seconds,
    coalesce(last_event, 0) AS until
FROM learners
"""  # noqa: S608 -- names of this module only


def _keys(connection: duckdb.DuckDBPyConnection, dimension: Dimension) -> tuple[str, ...]:
    """The keys of a dimension that somebody has, in one order."""
    name = f"keys_of_{dimension.value}"
    connection.execute(f"DROP TYPE IF EXISTS {name}")
    keys = f"SELECT DISTINCT {key_of(dimension)} AS key FROM learners ORDER BY key"  # noqa: S608 -- our own names
    connection.execute(f"CREATE TYPE {name} AS ENUM ({keys})")
    found = connection.execute(f"SELECT enum_range(NULL::{name})").fetchone()
    return tuple(found[0]) if found else ()


def _filled(column: Numbers) -> Numbers:
    """The numbers of a column in which nothing is missing."""
    return np.ma.getdata(column)
