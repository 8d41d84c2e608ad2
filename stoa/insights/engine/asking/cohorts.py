"""Runs of a course beside one another: the same week since each run's start."""

# ruff: noqa: S608 -- names of this module; what comes from outside is bound or quoted

from collections.abc import Sequence
from typing import Final

import duckdb

from stoa.insights.engine.asking.data import Data
from stoa.insights.rules.answers import Table

PART: Final = "tables/course_week"
COLUMNS: Final = ("course_id", "week", "participants", "active", "still", "certified", "hours")
QUERY: Final = f"""
SELECT {", ".join(COLUMNS)} FROM read_parquet($files) WHERE list_contains($runs, course_id) ORDER BY course_id, week
"""


def cohorts(data: Data, course_ids: Sequence[str]) -> Table:
    """The weeks of these runs, as docs/insights-tables.md says what the columns of course_week are."""
    return Table(
        version=data.version,
        as_of=data.as_of,
        name="cohorts",
        columns=COLUMNS,
        rows=_rows(data, course_ids),
        sql=_told(data, course_ids),
    )


def _told(data: Data, course_ids: Sequence[str]) -> str:
    """The question as it can be asked in the warehouse's folder."""
    said = QUERY.strip()
    for name, texts in (("files", [kept.path for kept in data.snapshot.manifest.files(PART)]), ("runs", course_ids)):
        said = said.replace(f"${name}", "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]")
    return said + "\n"


def _rows(data: Data, course_ids: Sequence[str]) -> tuple[tuple[str | int | float, ...], ...]:
    files = data.snapshot.files(PART)
    if not files:
        return ()
    with duckdb.connect() as sql:
        found = sql.execute(QUERY, {"files": files, "runs": list(course_ids)}).fetchall()
    return tuple(found)
