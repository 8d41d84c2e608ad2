"""Writes what a batch found: bronze, silver, statements, quarantine."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from stoa.insights.engine.reading.events import Events
from stoa.insights.engine.reading.statements import Row, Statements
from stoa.insights.engine.schema import BRONZE, QUARANTINE, SILVER, statement
from stoa.insights.engine.warehouse.parquet import arrow_type, write
from stoa.insights.engine.warehouse.warehouse import Change


def keep_events(change: Change, found: Events, first_seq: int) -> None:
    """Let these events be part of the change, in the order of silver."""
    seq = np.arange(first_seq, first_seq + len(found.t))
    order = np.lexsort((seq, found.t, found.learner, found.course))
    span = {"first": int(found.t.min()), "last": int(found.t.max())}
    columns = {**vars(found), "seq": seq}
    silver = pa.table({name: pa.array(columns[name][order], arrow_type(kind)) for name, kind in SILVER.items()})
    path = change.new_file("silver")
    write(path, silver, plain=("t", "seq"))
    change.add("silver", path, rows=len(seq), notes=span)
    path = change.new_file("bronze")
    write(path, _bronze(found, seq, order), plain=("time", "seq", "event", "rest"))
    change.add("bronze", path, rows=len(seq), notes=span)


def _bronze(found: Events, seq: pa.Array, order: pa.Array) -> pa.Table:
    indices = pa.array(order)
    columns = {"seq": pa.array(seq[order]), "time": pa.array(found.t[order]).cast(pa.timestamp("us"))}
    for name in BRONZE:
        if name not in columns:
            columns[name] = found.fields[name].combine_chunks().take(indices)
    return pa.table({name: columns[name] for name in BRONZE})


def keep_statements(change: Change, statements: Statements) -> None:
    """Let these statements be part of the change."""
    for part, rows in sorted(statements.rows.items()):
        path = change.new_file(part)
        write(path, _table(rows, statement(part)))
        change.add(part, path, rows=len(rows))


def keep_quarantine(change: Change, rows: Sequence[Row]) -> None:
    """Let these lines be part of the change."""
    if rows:
        path = change.new_file("quarantine")
        write(path, _table(rows, QUARANTINE))
        change.add("quarantine", path, rows=len(rows))


def _table(rows: Sequence[Row], columns: Mapping[str, str]) -> pa.Table:
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], arrow_type(kind)) for name, kind in columns.items()}
    )
