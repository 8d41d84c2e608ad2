"""The rows of a warehouse that are about one course run, as views that questions are asked of."""

# ruff: noqa: S608 -- names of the engine's own parts and files; what comes from outside is bound

from collections.abc import Mapping
from typing import Final

import duckdb

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.metrics.registry.metric import columns
from stoa.insights.engine.metrics.registry.tables import TABLES
from stoa.insights.engine.schema import SILVER, Columns, statement
from stoa.insights.engine.warehouse.dictionaries import dictionary_sql

Parts = Mapping[str, str]
"""From the name of a view to the part of the warehouse that its rows come from."""
OBJECTS: Final = "objects"


def views(sql: duckdb.DuckDBPyConnection, data: Data, course_id: str, parts: Parts) -> bool:
    """Make the views of one course, and `objects`; whether anything is known of it."""
    snapshot = data.snapshot
    courses = dictionary_sql(snapshot, "dictionaries/courses")
    found = sql.execute(f"SELECT id FROM ({courses}) WHERE name = ?", [course_id]).fetchall()
    if not found:
        return False
    for name, part in parts.items():
        sql.execute(f'CREATE TEMP VIEW "{name}" AS {_rows(data, part, int(found[0][0]))}')
    sql.execute(f"CREATE TEMP VIEW {OBJECTS} AS {dictionary_sql(snapshot, 'dictionaries/objects')}")
    return True


def made(sql: duckdb.DuckDBPyConnection, data: Data) -> str:
    """The views as they can be made in the warehouse's folder."""
    texts = sql.execute("SELECT sql FROM duckdb_views() WHERE NOT internal ORDER BY view_oid").fetchall()
    return "\n".join(str(view) for (view,) in texts).replace(f"'{data.snapshot.folder}/", "'")


def _rows(data: Data, part: str, course: int) -> str:
    files = data.snapshot.files(part)
    if not files:
        nothing = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in _columns(part).items())
        return f"SELECT {nothing} WHERE false"
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    return f"SELECT * FROM read_parquet([{listed}]) WHERE course = {course}"


def _columns(part: str) -> Columns:
    """Of a table, a statement, or silver."""
    kind, _, name = part.partition("/")
    return columns(TABLES[name]) if kind == "tables" else SILVER if part == "silver" else statement(part)
