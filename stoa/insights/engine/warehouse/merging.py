"""Merges small files of a part: sixteen of a size into one of the next, in the commit that brings the sixteenth.

What is merged depends on nothing but which files there are, so the same logs still give the same files.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stoa.insights.engine.schema import SILVER
from stoa.insights.engine.warehouse.dictionaries import LEARNERS
from stoa.insights.engine.warehouse.manifest import Kept
from stoa.insights.engine.warehouse.parquet import write
from stoa.insights.engine.warehouse.warehouse import Change

RUN: Final = 16
#: No file grows beyond this many rows by merging. Bronze is large and seldom read: only what comes live is merged.
_MOST: Final[Mapping[str, int]] = {"silver": 4_000_000, "bronze": 250_000}
_MOST_OF_OTHERS: Final = 1_000_000
_PLAIN: Final = {"silver": ("t", "seq"), "bronze": ("time", "seq", "event", "rest")}
_SILVER_ORDER: Final = [(name, "ascending") for name in ("course", "learner", "t", "seq")]
_MERGED: Final = ("silver", "bronze", "quarantine", "dictionaries/", "statements/")


def merge_small(change: Change, folder: Path) -> None:
    """Merge what can be merged now."""
    for part in sorted(change.manifest.parts):
        if part.startswith(_MERGED):
            while run := _run(part, change.manifest.files(part)):
                _merge(change, folder, part, run)


def _run(part: str, files: tuple[Kept, ...]) -> tuple[Kept, ...]:
    """The last files of a part where they are enough of one size; none where they are not."""
    last = files[-RUN:]
    sizes = {kept.notes.get("size", 0) for kept in last}
    small = sum(kept.rows for kept in last) <= _MOST.get(part, _MOST_OF_OTHERS)
    return last if len(last) == RUN and len(sizes) == 1 and small else ()


def _merge(change: Change, folder: Path, part: str, run: tuple[Kept, ...]) -> None:
    whole = pa.concat_tables([pq.read_table(folder / kept.path) for kept in run])
    whole = _ORDERS.get(part, _as_it_came)(whole)
    notes: dict[str, str | int] = {"size": int(run[0].notes.get("size", 0)) + 1}
    if "first" in run[0].notes:
        notes["first"] = min(int(kept.notes["first"]) for kept in run)
        notes["last"] = max(int(kept.notes["last"]) for kept in run)
    path = change.new_file(part)
    write(path, whole, plain=_PLAIN.get(part, ()))
    change.drop(part, [kept.path for kept in run])
    change.add(part, path, rows=whole.num_rows, notes=notes)


def _as_it_came(table: pa.Table) -> pa.Table:
    return table


def _in_order(table: pa.Table) -> pa.Table:
    return table.select([*SILVER]).sort_by(_SILVER_ORDER)


def _last_of_each(table: pa.Table) -> pa.Table:
    """Of rows about one learner the last one counts."""
    rows = pa.array(range(table.num_rows), pa.int64())
    last = table.append_column("row", rows).group_by("id").aggregate([("row", "max")])
    places = last["row_max"].combine_chunks()
    return table.take(places.take(pc.sort_indices(places)))


_ORDERS: Final[Mapping[str, Callable[[pa.Table], pa.Table]]] = {"silver": _in_order, LEARNERS: _last_of_each}
