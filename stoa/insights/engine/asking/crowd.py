"""All registrations in memory, each in some forty bytes: small numbers in place of words, so that counting is fast."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stoa.insights.engine.asking.columns import (
    CERTIFIED,
    EXPLORED,
    FIELDS,
    INTENDER,
    LEARNERS,
    PARTICIPANT,
    PATTERNS,
    VERIFIED,
    key_of,
    pattern,
)
from stoa.insights.engine.asking.cubes import PATTERN, Cubes
from stoa.insights.engine.asking.nesting import TITLE, titles
from stoa.insights.engine.asking.times import NO_DAY, Daily, Times, by_day, median_hours
from stoa.insights.rules.bands import ADULT, BANDS, HIGH, LOW
from stoa.insights.rules.dimensions import UNKNOWN, Choice, Dimension

Numbers = NDArray[np.integer]
_DAY = 86_400_000_000
_SMALL, _MIDDLE = 256, 65_536
#: The columns beside the dimensions.
COLUMNS: Final = ("patterns", "registered_on", "acted_on", "certified_on", "ages", "seconds")
_BITS_OF = np.arange(PATTERNS)
#: Patterns by fields of Counts: which registrations each field counts.
_COUNTED = np.array([[(bits & wanted) == wanted for wanted in FIELDS] for bits in _BITS_OF], dtype=np.int64)
_FAR = PARTICIPANT | EXPLORED | CERTIFIED
#: Keys of dimensions that patterns tell too: of a pattern, which bits are looked at, and which of them are set.
_TOLD_TWICE: Final = (
    (Dimension.STATUS, "registered", _FAR, 0),
    (Dimension.STATUS, "viewed", _FAR, PARTICIPANT),
    (Dimension.STATUS, "explored", _FAR, PARTICIPANT | EXPLORED),
    (Dimension.STATUS, "certified", _FAR, _FAR),
    (Dimension.TRACK, "verified", VERIFIED, VERIFIED),
    (Dimension.INTENT, "certificate", INTENDER, INTENDER),
)


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
    # What was counted of nearly the same people, and counted on.
    counted: Cubes | None = None
    daily: Daily | None = None

    @cached_property
    def belongs(self) -> Mapping[str, Numbers]:
        """For each course, in the order of their keys: its organisation, run, area and title, as numbers."""
        names = (Dimension.ORGANISATION, Dimension.RUN, Dimension.AREA)
        found = {name: self.registered_by_cube(Choice(), Dimension.COURSE, name) for name in names}
        told = {
            name: (self.registered(None, Dimension.COURSE, name) if table is None else table).argmax(axis=1)
            for name, table in found.items()
        }
        above = [told[name] for name in (Dimension.ORGANISATION, Dimension.AREA)]
        return {TITLE: titles(self.keys[Dimension.COURSE], above)} | told

    @cached_property
    def consistent(self) -> bool:
        """Whether how far people came is the same by their status, track and intent as by what is told of each."""
        bits = self.patterns
        return all(
            bool(((self.codes[name] == self.code(name, key)) == (bits & wanted == found)).all())
            for name, key, wanted, found in _TOLD_TWICE
        )

    @cached_property
    def degrees(self) -> Numbers:
        """For each registration what `degrees_by_key` says."""
        return self.degrees_by_key[self.codes[Dimension.AGE], self.codes[Dimension.EDUCATION]]

    @cached_property
    def degrees_by_key(self) -> Numbers:
        """For keys of age and education: 1 with less than a bachelor's degree, 2 with more; 0 not said, or under 25."""
        ages, levels = self.keys[Dimension.AGE], self.keys[Dimension.EDUCATION]
        young = {name for youngest, name in BANDS if youngest < ADULT} | {UNKNOWN}
        adult = np.array([name not in young for name in ages], np.uint8)
        level = np.array([2 if name in HIGH else 1 if name in LOW else 0 for name in levels], np.uint8)
        return adult[:, None] * level[None, :]

    @cached_property
    def cubes(self) -> Cubes:
        """Counts by combinations of keys, made as pages ask for them."""
        sizes = {name.value: len(keys) for name, keys in self.keys.items()}
        return self.counted or Cubes(self.columns, {**sizes, PATTERN: PATTERNS})

    @property
    def columns(self) -> Mapping[str, Numbers]:
        """What cubes are counted of."""
        return {**{name.value: codes for name, codes in self.codes.items()}, PATTERN: self.patterns}

    @cached_property
    def by_day(self) -> Daily:
        """What everybody did by day."""
        return self.daily or self._daily(None)

    @cached_property
    def _times_of_all(self) -> Times:
        return self._times(None, self.by_day)

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
            counted=None,
            daily=None,
            active_who=new[self.active_who[here]],
            active_on=self.active_on[here],
            **{name: getattr(self, name)[places] for name in COLUMNS},
        )

    def times(self, places: Numbers | None) -> Times:
        """What the chosen registrations did by day; of all of them it is counted once."""
        return self._times_of_all if places is None else self._times(places, self._daily(places))

    def _times(self, places: Numbers | None, daily: Daily) -> Times:
        seconds = _taken(self.seconds, places)[_taken(self.patterns, places) & CERTIFIED != 0]
        return Times(**vars(daily), median_hours=median_hours(seconds), timed=len(seconds))

    def _daily(self, places: Numbers | None) -> Daily:
        return Daily(
            registered=by_day(_taken(self.registered_on, places)),
            certified=by_day(_taken(self.certified_on, places)),
            active=self._active_by_day(places),
        )

    def _active_by_day(self, places: Numbers | None) -> Numbers:
        days = self.active_on
        if places is not None and len(days):
            chosen = np.zeros(len(self), bool)
            chosen[places] = True
            days = days[chosen[self.active_who]]
        return by_day(days.astype(np.int64))

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

    def registered_by_cube(self, choice: Choice, *dimensions: Dimension) -> Numbers | None:
        """The same as `registered`; None where no cube tells it."""
        return self.cubes.table(self._chosen(choice), *dimensions)

    def counts_by_cube(self, choice: Choice, *dimensions: Dimension) -> Numbers | None:
        """The same as `counts`; None where no cube tells it."""
        table = self.cubes.table(self._chosen(choice), *dimensions, PATTERN)
        return None if table is None else table @ _COUNTED

    def _chosen(self, choice: Choice) -> dict[str, list[int]]:
        """The codes of the chosen keys that somebody has."""
        return {name: [code for key in choice.of(name) if (code := self.code(name, key)) >= 0] for name in choice.keys}

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
    batches = [_in_codes(batch) for batch in connection.sql(_QUESTION).to_arrow_reader(_ROWS)]
    columns = pa.Table.from_batches(batches, schema=_SHAPE).unify_dictionaries()
    told = {dimension: _keyed(columns[dimension.value]) for dimension in Dimension}
    return Crowd(
        keys={dimension: keys for dimension, (keys, _) in told.items()},
        codes={dimension: codes for dimension, (_, codes) in told.items()},
        **{name: columns[name].to_numpy() for name in COLUMNS},
        until=int(columns["until"].to_numpy().max(initial=0)),
    )


def _in_codes(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same with numbers in place of words."""
    return batch.cast(_SHAPE)


def _keyed(column: pa.ChunkedArray) -> tuple[tuple[str, ...], Numbers]:
    """The keys of a dimension that somebody has, in one order, and everybody's as a number."""
    keys = column.chunk(0).dictionary.to_pylist() if column.num_chunks else []
    order = sorted(range(len(keys)), key=keys.__getitem__)
    place = np.zeros(len(keys), _smallest(len(keys)))
    place[order] = np.arange(len(keys))
    codes = [place[chunk.indices.to_numpy()] for chunk in column.chunks]
    return tuple(keys[number] for number in order), _concatenated(codes)


def joined(crowds: Sequence[Crowd], *, counted: Cubes | None = None, daily: Daily | None = None) -> Crowd:
    """The registrations of several crowds of the same keys as one."""
    starts = np.cumsum([0, *map(len, crowds)])
    who = [one.active_who + start for one, start in zip(crowds, starts.tolist(), strict=False)]
    return Crowd(
        keys=crowds[0].keys if crowds else dict.fromkeys(Dimension, ()),
        codes={name: _concatenated([one.codes[name] for one in crowds]) for name in Dimension},
        **{name: _concatenated([getattr(one, name) for one in crowds]) for name in COLUMNS},
        until=max((one.until for one in crowds), default=0),
        active_who=np.concatenate(who) if who else nobody(),
        active_on=_concatenated([one.active_on for one in crowds]),
        counted=counted,
        daily=daily,
    )


def parts_of(crowd: Crowd, parts: Sequence[Crowd]) -> Iterator[Crowd]:
    """The crowds that a crowd was joined of, with its own columns, so that nobody is in memory once more."""
    start = 0
    for one in parts:
        span = slice(start, start + len(one))
        start = span.stop
        yield replace(
            one,
            keys=crowd.keys,
            codes={name: column[span] for name, column in crowd.codes.items()},
            **{name: getattr(crowd, name)[span] for name in COLUMNS},
        )


def recoded(one: Crowd, keys: Mapping[Dimension, tuple[str, ...]]) -> Crowd:
    """A crowd with its codes as places in more keys."""
    return replace(one, keys=keys, codes={name: _recoded(one, name, keys[name]) for name in Dimension})


def _recoded(one: Crowd, dimension: Dimension, keys: tuple[str, ...]) -> Numbers:
    place = {key: number for number, key in enumerate(keys)}
    translated: Numbers = np.array([place[key] for key in one.keys[dimension]], dtype=_smallest(len(keys)))
    return translated[one.codes[dimension]] if len(one) else translated[:0]


def _smallest(keys: int) -> type[np.unsignedinteger]:
    return np.uint8 if keys <= _SMALL else np.uint16 if keys <= _MIDDLE else np.uint32


def _concatenated(columns: Sequence[Numbers]) -> Numbers:
    return np.concatenate(columns) if columns else np.zeros(0, dtype=np.uint16)


_QUESTION = f"""
SELECT {", ".join(f'{key_of(name)} AS "{name.value}"' for name in Dimension)},
    ({pattern()})::UTINYINT AS patterns,
    coalesce(start_time // {_DAY}, {NO_DAY})::USMALLINT AS registered_on,
    coalesce(CASE WHEN viewed THEN first_event // {_DAY} END, {NO_DAY})::USMALLINT AS acted_on,
    coalesce(CASE WHEN certified THEN cert_time // {_DAY} END, {NO_DAY})::USMALLINT AS certified_on,
    coalesce(age, 255)::UTINYINT AS ages,
    coalesce(sum_dt_30 // 1000000, 0)::UINTEGER AS seconds,
    coalesce(last_event, 0) AS until
FROM learners
"""  # noqa: S608 -- names of this module only
_ROWS: Final = 131_072
_WORD: Final = pa.dictionary(pa.int32(), pa.string())
_KINDS: Final = (pa.uint8(), pa.uint16(), pa.uint16(), pa.uint16(), pa.uint8(), pa.uint32())
_SHAPE: Final = pa.schema(
    [(name.value, _WORD) for name in Dimension] + list(zip(COLUMNS, _KINDS, strict=True)) + [("until", pa.int64())]
)
