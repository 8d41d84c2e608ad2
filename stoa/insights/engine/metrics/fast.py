"""The fast path of a build: states of registrations by numpy, over acts in the order of silver.

The same numbers as the Ibis expressions of `expressions/`, which say what they mean and run on Spark; tests hold both
to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import dataset

from stoa.insights.engine.kinds import COURSEWARE, FORUM, NO_ACTS, PROBLEM, TEXT, VIDEO, Kind
from stoa.insights.engine.metrics.engines import ARROW
from stoa.insights.engine.metrics.states import (
    CLASSES,
    COUNTED,
    DAY,
    GAP_5,
    GAP_30,
    IN_FORUM,
    IN_PROBLEM,
    IN_TEXT,
    IN_VIDEO,
    STATES,
    TOUCHED,
)
from stoa.insights.engine.schema import SILVER

Whole = NDArray[np.int64]
Columns = dict[str, Whole]
#: So many acts are in memory at once; a single larger course is taken whole. Arrays of so many numbers stay under the
#: 32 MB above which each new one is fetched from the system page by page, which took a third of all time.
AT_ONCE = 3_000_000
_KINDS: Final = 256
_NONE: Final = -1


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What each registration did last before these acts: whether it acted at all, when, and of what class that was."""

    known: NDArray[np.bool_]
    t: Whole
    klass: Whole


def states(sql: duckdb.DuckDBPyConnection, silver: Sequence[str]) -> Mapping[str, pa.Table]:
    """Every state of the view `silver`, whose files these are, each as one table sorted by its keys."""
    parts: dict[str, list[pa.Table]] = {part: [] for part in STATES}
    chunks = list(_chunks(sql))
    # Files of other makers may tell that their columns could be empty.
    shape = pa.schema([(name, ARROW[kind]) for name, kind in SILVER.items()])
    files = dataset.dataset(list(silver), schema=shape, format="parquet")
    for courses in chunks:
        for part, table in states_of(_acts_of(files, courses if len(chunks) > 1 else None)).items():
            parts[part].append(table)
    return {part: pa.concat_tables(tables) if tables else _table(part, {}) for part, tables in parts.items()}


def states_of(acts: Columns, earlier: Earlier | None = None) -> Mapping[str, pa.Table]:
    """Every state of these acts, in order; or, of registrations that acted earlier, what these acts add to it."""
    if not len(acts["t"]):
        return {part: _table(part, {}) for part in STATES}
    return {part: _table(part, columns) for part, columns in _of(acts, earlier)}


def _chunks(sql: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    """First and last course of each chunk."""
    counted = sql.execute(
        "SELECT course, count(*) FROM silver WHERE course >= 0 GROUP BY course ORDER BY course"
    ).fetchall()
    first, size = None, 0
    for place, (course, rows) in enumerate(counted):
        first, size = course if first is None else first, size + rows
        if place == len(counted) - 1 or size + counted[place + 1][1] > AT_ONCE:
            yield first, course
            first, size = None, 0


def _acts_of(silver: dataset.Dataset, courses: tuple[int, int] | None) -> Columns:
    """The acts in these files of silver, from one course to another, in order."""
    only = courses and (pc.field("course") >= courses[0]) & (pc.field("course") <= courses[1])
    table = silver.to_table(columns=_READ, filter=only)
    rows = {name: table[name].to_numpy() for name in _READ}
    here = np.flatnonzero((rows["course"] >= 0) & (rows["learner"] >= 0) & ~_one_of(rows["kind"], NO_ACTS))
    # Each file is in order, and nearly always the next tells of later times: then this is a merge.
    order = here[np.argsort(_pairs_of({name: rows[name][here] for name in ("course", "learner")}), kind="stable")]
    acts = {name: column[order] for name, column in rows.items()}
    if _in_time(acts):
        return acts
    order = np.lexsort((acts["seq"], acts["t"], _pairs_of(acts)))
    return {name: column[order] for name, column in acts.items()}


_READ: Final = ["course", "learner", "t", "seq", "kind", "object", "chapter", "flag", "ip"]


def _in_time(acts: Columns) -> bool:
    """Whether the acts of each registration stand in the order of time, and of `seq` at the same time."""
    pair, t, seq = _pairs_of(acts), acts["t"], acts["seq"]
    later = (t[1:] > t[:-1]) | ((t[1:] == t[:-1]) & (seq[1:] > seq[:-1]))
    return bool((later | (pair[1:] != pair[:-1])).all())


def _pairs_of(acts: Columns) -> Whole:
    """A number for each registration, in their order."""
    return acts["course"].astype(np.int64) << 32 | acts["learner"]


def acts_in(sql: duckdb.DuckDBPyConnection, table: str) -> Columns:
    """The acts among these rows of silver, in order."""
    no_acts = ", ".join(str(int(kind)) for kind in sorted(NO_ACTS))
    query = (
        f"SELECT {', '.join(_READ)} FROM {table} "  # noqa: S608 -- our own names, numbers of kinds
        f"WHERE course >= 0 AND learner >= 0 AND kind NOT IN ({no_acts}) ORDER BY course, learner, t, seq"
    )
    found = sql.execute(query).fetchnumpy()
    return {name: np.ma.getdata(column).astype(np.int64) for name, column in found.items()}


def firsts(acts: Columns) -> Whole:
    """Where the acts of each registration begin."""
    return _changes(_pairs_of(acts))


def _of(acts: Columns, earlier: Earlier | None) -> Iterator[tuple[str, Columns]]:
    pair = _pairs_of(acts)
    starts = _changes(pair)
    gap = np.diff(acts["t"], prepend=0)
    klass = _lookup(_classes())[acts["kind"]]
    before = np.roll(klass, 1)
    if earlier is None:
        gap[starts], begun = _NONE, np.ones(len(starts), np.int64)
    else:
        gap[starts] = np.where(earlier.known, acts["t"][starts] - earlier.t, _NONE)
        before[starts], begun = earlier.klass, (~earlier.known).astype(np.int64)
    gaps = _Gaps.of(gap)
    yield "state/pairs", _pairs(acts, starts, gaps, klass, before, begun)
    yield "state/days", _days(acts, pair, gaps)
    registration = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(pair))))
    yield "state/tries", _tries(acts, registration)
    courseware = _one_of(acts["kind"], COURSEWARE)
    yield "state/objects", _objects(acts, registration, courseware & (acts["object"] >= 0))
    yield "state/chapters", _touched(acts, registration, "chapter", courseware & (acts["chapter"] >= 0))
    yield "state/ips", _touched(acts, registration, "ip", acts["ip"] >= 0)


@dataclass(frozen=True, kw_only=True)
class _Gaps:
    """The time before each act: where it is at most five minutes, and how long it is then and up to half an hour."""

    all: Whole
    short: NDArray[np.bool_]
    to_5: Whole
    to_30: Whole

    @classmethod
    def of(cls, gap: Whole) -> "_Gaps":
        """Of gaps, which are negative before a first act."""
        short, within = (gap >= 0) & (gap <= GAP_5), (gap >= 0) & (gap <= GAP_30)
        return cls(all=gap, short=short, to_5=np.where(short, gap, 0), to_30=np.where(within, gap, 0))


def _pairs(  # noqa: PLR0917 -- columns of one table
    acts: Columns, starts: Whole, gaps: _Gaps, klass: Whole, before: Whole, begun: Whole
) -> Columns:
    ends = np.append(starts[1:], len(klass)) - 1
    some, kind = _Sums(starts), acts["kind"]
    ms = gaps.to_5 // 1000
    classes = {name: before == number for name, number in CLASSES.items()}
    times = {
        f"time_{name}_{limit}": some.of(np.where(here, gap, 0))
        for name, here in classes.items()
        for limit, gap in ((5, gaps.to_5), (30, gaps.to_30))
    }
    return {
        "course": acts["course"][starts],
        "learner": acts["learner"][starts],
        "nevents": ends - starts + 1,
        "ncourseware": some.of(_one_of(kind, COURSEWARE)),
        "nvideo": some.of(_one_of(kind, VIDEO)),
        "nforum_events": some.of(_one_of(kind, FORUM)),
        **{name: some.of(_one_of(kind, kinds)) for name, kinds in COUNTED.items()},
        "first_event": acts["t"][starts],
        "first_seq": acts["seq"][starts],
        "last_event": acts["t"][ends],
        "last_seq": acts["seq"][ends],
        "last_class": klass[ends],
        "nsessions": some.of(gaps.all > GAP_30) + begun,
        "sum_dt_5": some.of(gaps.to_5),
        "sum_dt_30": some.of(gaps.to_30),
        "n_dt": some.of(gaps.short),
        "sum_ms": some.of(ms),
        "sum_squared_ms": some.of(ms * ms),
        "longest_dt": np.maximum.reduceat(gaps.to_5, starts),
        **times,
    }


def _days(acts: Columns, pair: Whole, gaps: _Gaps) -> Columns:
    day = acts["t"] // DAY
    starts = np.flatnonzero(np.append(True, (pair[1:] != pair[:-1]) | (day[1:] != day[:-1])))
    some, kind = _Sums(starts), acts["kind"]
    return {
        "course": acts["course"][starts],
        "learner": acts["learner"][starts],
        "day": day[starts],
        "nevents": np.diff(np.append(starts, len(day))),
        "nvideo": some.of(_one_of(kind, VIDEO)),
        "nplay_video": some.of(kind == Kind.PLAY),
        "nproblem_check": some.of(kind == Kind.CHECK),
        "nforum_events": some.of(_one_of(kind, FORUM)),
        "sum_dt_5": some.of(gaps.to_5),
        "sum_dt_30": some.of(gaps.to_30),
    }


def _tries(acts: Columns, registration: Whole) -> Columns:
    order, starts = _within(registration, acts["object"], (acts["kind"] == Kind.CHECK) & (acts["object"] >= 0))
    if not len(starts):
        return {}
    right = (acts["flag"][order] == 1).astype(np.int64)
    attempts = np.diff(np.append(starts, len(order)))
    turn = np.arange(len(order)) - np.repeat(starts, attempts) + 1
    never = len(order) + 1
    needed = np.minimum.reduceat(np.where(right == 1, turn, never), starts)
    return {
        "course": acts["course"][order][starts],
        "learner": acts["learner"][order][starts],
        "object": acts["object"][order][starts],
        "attempts": attempts,
        "correct": np.add.reduceat(right, starts),
        "first_correct": right[starts],
        "needed": np.where(needed == never, 0, needed),
    }


def _objects(acts: Columns, registration: Whole, which: NDArray[np.bool_]) -> Columns:
    order, starts = _within(registration, acts["object"], which)
    if not len(starts):
        return {}
    some, kind = _Sums(starts), acts["kind"][order]
    ends = np.append(starts[1:], len(order)) - 1
    return {
        "course": acts["course"][order][starts],
        "learner": acts["learner"][order][starts],
        "object": acts["object"][order][starts],
        "n": ends - starts + 1,
        "last": acts["t"][order][ends],
        **{name: some.of(kind == told) for name, told in TOUCHED.items()},
    }


def _touched(acts: Columns, registration: Whole, name: str, which: NDArray[np.bool_]) -> Columns:
    """How many acts of each registration lay in each chapter, or came from each address."""
    order, starts = _within(registration, acts[name], which)
    if not len(starts):
        return {}
    return {
        "course": acts["course"][order][starts],
        "learner": acts["learner"][order][starts],
        name: acts[name][order][starts],
        "n": np.diff(np.append(starts, len(order))),
    }


def _within(registration: Whole, numbers: Whole, which: NDArray[np.bool_]) -> tuple[Whole, Whole]:
    """These acts in the order of registrations and numbers, and where each pair of them begins.

    Acts are in the order of registrations and time already: a stable sort keeps that of time, and is fast for that of
    registrations.
    """
    here = np.flatnonzero(which)
    key = registration[here] << 32 | numbers[here]
    order = np.argsort(key, kind="stable")
    return here[order], _changes(key[order])


class _Sums:
    """Adds up each stretch that begins at one of these places."""

    def __init__(self, starts: Whole) -> None:
        self._starts = starts

    def of(self, values: NDArray[np.generic]) -> Whole:
        """The sum of each."""
        found: Whole = np.add.reduceat(values.astype(np.int64), self._starts)
        return found


def _moved(values: Whole) -> NDArray[np.bool_]:
    """Where a value differs from the one before; the first always does."""
    return np.append(np.ones(min(1, len(values)), bool), values[1:] != values[:-1])


def _changes(values: Whole) -> Whole:
    return np.flatnonzero(_moved(values))


def _one_of(kind: Whole, kinds: Iterable[int]) -> NDArray[np.bool_]:
    return np.asarray(_lookup(dict.fromkeys(kinds, 1), 0)[kind] == 1)


def _lookup(told: Mapping[int, int], otherwise: int = 0) -> Whole:
    table = np.full(_KINDS, otherwise, np.int64)
    for kind, value in told.items():
        table[int(kind)] = value
    return table


def _classes() -> Mapping[int, int]:
    """The class of each kind; where a kind is in two, the first of the four counts."""
    told: dict[int, int] = {}
    for kinds, number in ((TEXT, IN_TEXT), (FORUM, IN_FORUM), (PROBLEM, IN_PROBLEM), (VIDEO, IN_VIDEO)):
        told |= dict.fromkeys((int(kind) for kind in kinds), number)
    return told


def _table(part: str, columns: Columns) -> pa.Table:
    shape = STATES[part]
    return pa.table(
        {name: pa.array(columns.get(name, np.zeros(0, np.int64))).cast(ARROW[kind]) for name, kind in shape.items()}
    )
