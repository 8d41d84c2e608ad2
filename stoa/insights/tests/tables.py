"""Warehouses with tables made by hand, for what only reads tables."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from stoa.insights.engine.schema import PERSON_COURSE
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

Value = str | int | float | bool | None


def a_warehouse_with(folder: Path, rows: Iterable[Mapping[str, Value]]) -> Snapshot:
    """A warehouse whose table person_course has these rows; what a row leaves out is NULL."""
    warehouse = Warehouse(folder)
    lines = [json.dumps({name: row.get(name) for name in PERSON_COURSE}) for row in rows]
    with warehouse.alone(), warehouse.writing() as change:
        source = folder / "rows.jsonl"
        source.write_text("\n".join(lines))
        path = change.new_file("tables/person_course")
        with duckdb.connect() as sql:
            table = sql.read_json(str(source), columns=dict(PERSON_COURSE), format="newline_delimited")
            table.write_parquet(str(path))
        source.unlink()
        change.add("tables/person_course", path, rows=len(lines))
    return warehouse.snapshot()


def rows_of(warehouse: Warehouse, part: str) -> list[dict[str, object]]:
    """The rows of a part, in the order of its files."""
    found = duckdb.connect().execute("FROM read_parquet($files)", {"files": warehouse.snapshot().files(part)})
    columns = [str(column[0]) for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
