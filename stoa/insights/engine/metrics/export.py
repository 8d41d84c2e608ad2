"""Writes a table as a file that other programs read."""

import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import duckdb

from stoa.insights.engine.metrics.duck import duck
from stoa.insights.engine.metrics.engines import a_scratch
from stoa.insights.engine.metrics.registry.metric import INTERNAL
from stoa.insights.engine.warehouse.warehouse import Snapshot


class Format(StrEnum):
    """What a table may be written as."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


_OPTIONS = {
    Format.CSV: "FORMAT csv, HEADER true",
    Format.PARQUET: "FORMAT parquet, COMPRESSION zstd",
    Format.JSON: "FORMAT json, ARRAY true",
}


class NoSuchTable(Exception):
    """There is no such table in this warehouse."""


class OfNoCourse(Exception):
    """The rows of this table are about no single course."""


def tables(snapshot: Snapshot) -> list[str]:
    """The tables that there are."""
    return [part.removeprefix("tables/") for part in snapshot.manifest.parts if part.startswith("tables/")]


def export(snapshot: Snapshot, table: str, *, written_as: Format, to: Path | None, courses: Sequence[str] = ()) -> None:
    """Write a table to a file, or to standard output; of these courses only, where any are named.

    Raises NoSuchTable, OfNoCourse.
    """
    if table not in tables(snapshot):
        raise NoSuchTable(
            f"There is no table {table}; there are: {', '.join(tables(snapshot)) or 'none, build first'}."
        )
    with a_scratch() as scratch, duck(scratch) as engine:
        # What nobody can read half is written beside its place first.
        made = scratch / "made"
        engine.sql.execute("SET preserve_insertion_order = true")
        rows = _rows(engine.sql, snapshot.files(f"tables/{table}"))
        if courses and "course_id" not in rows.columns:
            raise OfNoCourse(f"The rows of {table} are about no single course: leave --course out.")
        if courses:
            rows = rows.filter(duckdb.ColumnExpression("course_id").isin(*map(duckdb.ConstantExpression, courses)))
        rows.create_view("rows")
        engine.sql.execute(f"COPY rows TO '{made}' ({_OPTIONS[written_as]})")
        if to is None:
            with made.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            shutil.move(made, to)


def _rows(sql: duckdb.DuckDBPyConnection, files: Sequence[str]) -> duckdb.DuckDBPyRelation:
    rows = sql.read_parquet(list(files))
    return rows.select(*[duckdb.ColumnExpression(name) for name in rows.columns if name not in INTERNAL])
