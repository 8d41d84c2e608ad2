"""States of registrations that acted: what new acts add to them, or, where an act came late, all of it anew.

By numpy: planning queries takes an engine longer than a batch's few rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stoa.insights.engine.metrics.engines import ARROW, Bench
from stoa.insights.engine.metrics.fast import Columns, Earlier, Whole, acts_in, firsts, states_of
from stoa.insights.engine.metrics.leaves import Places, Remade, Shelf, places
from stoa.insights.engine.metrics.states import STATES
from stoa.insights.engine.metrics.touched import touched_pairs
from stoa.insights.engine.metrics.views import FRESH
from stoa.insights.engine.metrics.writers import writers

_LATE: Final = "late_pairs"
_KEYS: Final = ("course", "learner", "day", "object", "chapter", "ip")
#: How a state goes on where it is not added up: as it was, as it came, as the larger of both; `needed` by `_needed`.
_FIRST: Final = frozenset({"first_event", "first_seq", "first_correct"})
_LAST: Final = frozenset({"last_event", "last_seq", "last_class"})
_MOST: Final = frozenset({"longest_dt", "last"})


def restated(bench: Bench, sql: duckdb.DuckDBPyConnection) -> None:
    """Bring the states of the touched registrations up to their new acts."""
    touched = touched_pairs(sql)
    if not len(touched):
        return
    shelves = {part: Shelf(bench.change, part, bench.folder) for part in STATES}
    known = {part: _columns(shelf.of(touched, _schema(part))) for part, shelf in shelves.items()}
    acts = acts_in(sql, FRESH)
    last = _earlier(known["state/pairs"], acts)
    late = _late(acts, last)
    added = states_of(*_without(acts, last, late))
    anew = states_of(_all_of_late(sql, acts, late))
    with writers() as write:
        for part, shelf in shelves.items():
            kept = _but(known[part], _places(acts, late))
            rows = _in_order(part, _gone_on(part, kept, _columns(added[part])), _columns(anew[part]))
            shelf.replace_by(Remade(touched=touched, rows=rows, by_course=False), write)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """The last act of each registration, where it acted before."""

    earlier: Earlier
    seq: Whole


def _earlier(pairs: Columns, acts: Columns) -> _Known:
    begins = firsts(acts)
    mine, known = places(acts["course"][begins], acts["learner"][begins]), places(pairs["course"], pairs["learner"])
    if not len(known):
        nothing = np.zeros(len(mine), np.int64)
        return _Known(earlier=Earlier(known=nothing > 0, t=nothing, klass=nothing), seq=nothing)
    where = np.minimum(np.searchsorted(known, mine), len(known) - 1)
    t, seq, klass = (pairs[name][where] for name in ("last_event", "last_seq", "last_class"))
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
    if not len(begins):
        return {name: column[:0] for name, column in acts.items()}
    whose = {name: pa.array(acts[name][begins], pa.int32()) for name in ("course", "learner")}
    sql.register(_LATE, pa.table(whose))
    return acts_in(sql, f"(FROM silver SEMI JOIN {_LATE} USING (course, learner))")


def _places(acts: Columns, which: NDArray[np.bool_]) -> Places:
    begins = firsts(acts)[which]
    return places(acts["course"][begins], acts["learner"][begins])


def _but(rows: Columns, gone: Places) -> Columns:
    """The rows of all registrations but these."""
    if not len(gone):
        return rows
    kept = ~np.isin(places(rows["course"], rows["learner"]), gone)
    return {name: column[kept] for name, column in rows.items()}


def _gone_on(part: str, known: Columns, added: Columns) -> Columns:
    """One row of each key: what was known of it, and what comes to it."""
    turn = np.repeat([0, 1], [len(known["course"]), len(added["course"])])
    both = {name: np.concatenate([known[name], added[name]]) for name in STATES[part]}
    order = _order(part, both, turn)
    turn, both = turn[order], {name: column[order] for name, column in both.items()}
    keys = [both[name] for name in STATES[part] if name in _KEYS]
    starts = np.flatnonzero(np.any([np.diff(key, prepend=-1) != 0 for key in keys], axis=0))
    if not len(starts):
        return both
    ends = np.append(starts[1:], len(turn)) - 1
    return {name: _went_on(name, both, turn, starts, ends) for name in both}


def _went_on(name: str, both: Columns, turn: Whole, starts: Whole, ends: Whole) -> Whole:
    column = both[name]
    if name in _KEYS or name in _FIRST:
        return column[starts]
    if name in _LAST:
        return column[ends]
    if name in _MOST:
        return np.asarray(np.maximum.reduceat(column, starts))
    if name == "needed":
        return _needed(both, turn, starts)
    return np.asarray(np.add.reduceat(column, starts))


def _needed(both: Columns, turn: Whole, starts: Whole) -> Whole:
    """How many tries up to the first success: later ones come after all that were made before."""
    before, tried, now = (
        np.add.reduceat(np.where(turn == which, both[name], 0), starts)
        for which, name in ((0, "needed"), (0, "attempts"), (1, "needed"))
    )
    return np.where(before > 0, before, np.where(now > 0, now + tried, 0))


def _in_order(part: str, some: Columns, more: Columns) -> pa.Table:
    both = {name: np.concatenate([some[name], more[name]]) for name in STATES[part]}
    order = _order(part, both)
    return pa.table({name: pa.array(column[order]) for name, column in both.items()}).cast(_schema(part))


def _order(part: str, rows: Mapping[str, Whole], *last: Whole) -> Whole:
    keys = [rows[name] for name in STATES[part] if name in _KEYS]
    return np.asarray(np.lexsort([*last, *reversed(keys)]))


def _columns(rows: pa.Table) -> Columns:
    return {name: rows[name].to_numpy().astype(np.int64) for name in rows.column_names}


def _schema(part: str) -> pa.Schema:
    return pa.schema([(name, ARROW[kind]) for name, kind in STATES[part].items()])
