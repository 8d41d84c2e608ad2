"""States of registrations that acted: what new acts add to them, or, where an act came late, all of it anew."""

# ruff: noqa: S608 -- queries are made of names of our own parts and tables

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stoa.insights.engine.metrics.duck import Duck
from stoa.insights.engine.metrics.engines import Bench
from stoa.insights.engine.metrics.fast import Columns, Earlier, acts_in, firsts, states_of
from stoa.insights.engine.metrics.leaves import places
from stoa.insights.engine.metrics.making import STATE_MAKINGS, Scope
from stoa.insights.engine.metrics.replacing import replace
from stoa.insights.engine.metrics.states import STATES
from stoa.insights.engine.metrics.touched import touched_pairs
from stoa.insights.engine.metrics.views import FRESH, show_touched

_LATE: Final = "late_pairs"
_KEYS: Final = ("course", "learner", "day", "object", "chapter", "ip")
_FIRST, _LAST, _MOST = "arg_min({0}, turn)", "arg_max({0}, turn)", "max({0})"
#: How a state goes on; every other column is added up. `turn` is 0 in what was known and 1 in what comes to it.
_GOES_ON: Final[Mapping[str, str]] = {
    "first_event": _FIRST,
    "first_seq": _FIRST,
    "last_event": _LAST,
    "last_seq": _LAST,
    "last_class": _LAST,
    "longest_dt": _MOST,
    "last": _MOST,
    "first_correct": _FIRST,
    "needed": (
        "coalesce(nullif(max(needed) FILTER (turn = 0), 0), "
        "nullif(max(needed) FILTER (turn = 1), 0) + coalesce(max(attempts) FILTER (turn = 0), 0), 0)"
    ),
}


def restated(bench: Bench, duck: Duck) -> None:
    """Bring the states of the touched registrations up to their new acts."""
    sql, touched = duck.sql, touched_pairs(duck.sql)
    if not len(touched):
        return
    show_touched(bench, sql, STATES, Scope.REGISTRATION, touched)
    acts = acts_in(sql, FRESH, "true")
    earlier = _earlier(sql, acts)
    late = _late(acts, earlier)
    added = states_of(*_without(acts, earlier, late))
    anew = states_of(_all_of_late(sql, acts, late))
    for making in STATE_MAKINGS:
        sql.register("added", added[making.part])
        sql.register("anew", anew[making.part])
        replace(bench, duck, making, touched, _joined(making.part))


@dataclass(frozen=True, kw_only=True)
class _Known:
    """The last act of each registration, where it acted before."""

    earlier: Earlier
    seq: NDArray[np.int64]


def _earlier(sql: duckdb.DuckDBPyConnection, acts: Columns) -> _Known:
    query = 'SELECT course, learner, last_event, last_seq, last_class FROM "state/pairs" ORDER BY course, learner'
    course, learner, *last = (
        np.ma.getdata(column).astype(np.int64) for column in sql.execute(query).fetchnumpy().values()
    )
    begins = firsts(acts)
    mine, known = places(acts["course"][begins], acts["learner"][begins]), places(course, learner)
    if not len(known):
        nothing = np.zeros(len(mine), np.int64)
        return _Known(earlier=Earlier(known=nothing > 0, t=nothing, klass=nothing), seq=nothing)
    where = np.minimum(np.searchsorted(known, mine), len(known) - 1)
    t, seq, klass = (column[where] for column in last)
    return _Known(earlier=Earlier(known=known[where] == mine, t=t, klass=klass), seq=seq)


def _late(acts: Columns, known: _Known) -> NDArray[np.bool_]:
    """Of which registrations an act came that lies before one which is counted already."""
    begins, earlier = firsts(acts), known.earlier
    t, seq = acts["t"][begins], acts["seq"][begins]
    late: NDArray[np.bool_] = earlier.known & ((t < earlier.t) | ((t == earlier.t) & (seq < known.seq)))
    return late


def _without(acts: Columns, known: _Known, late: NDArray[np.bool_]) -> tuple[Columns, Earlier]:
    """The acts of all registrations but these."""
    begins, earlier = firsts(acts), known.earlier
    lengths = np.diff(np.append(begins, len(acts["t"])))
    kept = np.repeat(~late, lengths)
    some = Earlier(known=earlier.known[~late], t=earlier.t[~late], klass=earlier.klass[~late])
    return {name: column[kept] for name, column in acts.items()}, some


def _all_of_late(sql: duckdb.DuckDBPyConnection, acts: Columns, late: NDArray[np.bool_]) -> Columns:
    """Every act of these registrations."""
    begins = firsts(acts)[late]
    whose = {name: pa.array(acts[name][begins], pa.int32()) for name in ("course", "learner")}
    sql.register(_LATE, pa.table(whose))
    if not len(begins):
        return {name: column[:0] for name, column in acts.items()}
    return acts_in(sql, f"(FROM silver SEMI JOIN {_LATE} USING (course, learner))", "true")


def _joined(part: str) -> str:
    """The rows of the touched: what was known and what comes to it, and what was late."""
    columns = STATES[part]
    keys = [name for name in columns if name in _KEYS]
    named = ", ".join(f'"{name}"' for name in columns)
    onward = [f'{_GOES_ON.get(name, "sum({0})").format(name)} AS "{name}"' for name in columns if name not in keys]
    known = f'SELECT {named}, 0 AS turn FROM "{part}" ANTI JOIN {_LATE} USING (course, learner)'
    both = f"{known} UNION ALL SELECT {named}, 1 AS turn FROM added"
    merged = f"SELECT {', '.join([*keys, *onward])} FROM ({both}) GROUP BY {', '.join(keys)}"
    return f"{merged} UNION ALL SELECT {named} FROM anew"
