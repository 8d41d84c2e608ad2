"""Makes all tables anew beside the warehouse, and compares them with those that were brought up batch by batch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from stoa.insights.engine.metrics.build import is_behind, silent
from stoa.insights.engine.metrics.engines import Tell, a_scratch
from stoa.insights.engine.metrics.prepared import Country
from stoa.insights.engine.metrics.views import rows_of
from stoa.insights.engine.metrics.whole import whole
from stoa.insights.engine.reading.countries import countries_of
from stoa.insights.engine.warehouse.manifest import Kept, Manifest
from stoa.insights.engine.warehouse.warehouse import Change, Snapshot

_MADE = ("state/", "tables/")


class TablesBehind(Exception):
    """Tables do not hold yet what the warehouse holds: run `stoa insights build` first."""


def differences(snapshot: Snapshot, *, country: Country = countries_of, tell: Tell = silent) -> Mapping[str, int]:
    """Tables and states that are other than a build of everything makes them, and how many of their rows are.

    Nothing in the warehouse is changed, and its writer may go on meanwhile. Raises TablesBehind.
    """
    if is_behind(snapshot.manifest):
        raise TablesBehind(TablesBehind.__doc__)
    with a_scratch() as scratch, duckdb.connect() as sql:
        change = Change(scratch, _from_anywhere(snapshot))
        whole(change, scratch, engine=None, country=country, tell=tell)
        made = {part for part in {*snapshot.manifest.parts, *change.manifest.parts} if part.startswith(_MADE)}
        counted = {
            part: _different(
                sql, snapshot.files(part), [str(scratch / kept.path) for kept in change.manifest.files(part)]
            )
            for part in sorted(made)
        }
    return {part: rows for part, rows in counted.items() if rows}


def _from_anywhere(snapshot: Snapshot) -> Manifest:
    """What tables are made from, with paths that hold from any folder."""
    parts = {
        part: tuple(_absolute(snapshot.folder, kept) for kept in files)
        for part, files in snapshot.manifest.parts.items()
        if not part.startswith(_MADE)
    }
    return replace(snapshot.manifest, parts=parts)


def _absolute(folder: Path, kept: Kept) -> Kept:
    return replace(kept, path=str((folder / kept.path).resolve()))


def _different(sql: duckdb.DuckDBPyConnection, some: Sequence[str], others: Sequence[str]) -> int:
    """How many rows are in one and not in the other."""
    if not some or not others:
        return len(some) + len(others)
    one, other = rows_of(some), rows_of(others)
    found = f"({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})"
    ((rows,),) = sql.execute(f"SELECT count(*) FROM ({found})").fetchall()  # noqa: S608 -- our own files
    return int(rows)
