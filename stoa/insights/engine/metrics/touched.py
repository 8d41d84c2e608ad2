"""What new rows are about: registrations, learners and courses whose rows are to be remade."""

# ruff: noqa: S608 -- queries are made of names of our own parts and tables

from typing import Final

import duckdb

from stoa.insights.engine.kinds import NO_ACTS
from stoa.insights.engine.metrics.built import Built
from stoa.insights.engine.metrics.engines import Bench
from stoa.insights.engine.metrics.leaves import Places, places
from stoa.insights.engine.metrics.views import COURSES, FRESH, LEARNERS, PAIRS, rows_of
from stoa.insights.engine.schema import STATEMENTS, Columns, statement
from stoa.insights.engine.warehouse.dictionaries import LEARNERS as NAMES

_NO_ACTS: Final = ", ".join(str(int(kind)) for kind in sorted(NO_ACTS))
_ACTS: Final = f"course >= 0 AND learner >= 0 AND kind NOT IN ({_NO_ACTS})"
_SHAPES: Final = {PAIRS: "course INTEGER, learner INTEGER", LEARNERS: "learner INTEGER", COURSES: "course INTEGER"}


def no_touched(sql: duckdb.DuckDBPyConnection) -> None:
    """Begin with nothing touched."""
    for table, shape in _SHAPES.items():
        sql.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({shape})")


def take_silver(bench: Bench, sql: duckdb.DuckDBPyConnection, since: Built) -> int:
    """Keep the new rows of silver as a table, and touch who acted in them; gives the time of the last event."""
    no_touched(sql)
    paths = _fresh(bench, "silver", since)
    rows = f"{rows_of(paths)} WHERE seq >= {since.seq}" if paths else "SELECT * FROM silver WHERE false"
    sql.execute(f"CREATE TEMP TABLE {FRESH} AS {rows}")
    touch(sql, f"SELECT DISTINCT course, learner FROM {FRESH} WHERE {_ACTS}")
    ((until,),) = sql.execute(f"SELECT coalesce(max(t), 0) FROM {FRESH}").fetchall()
    return max(int(until), since.until)


def take_said(bench: Bench, sql: duckdb.DuckDBPyConnection, since: Built) -> None:
    """Touch whom and what new statements are about, and what else happened in courses."""
    for part in STATEMENTS:
        if paths := _fresh(bench, part, since):
            said = f"({rows_of(paths)} WHERE seq >= {since.seq})"
            _touch_said(sql, said, statement(part))
    if paths := _fresh(bench, NAMES, since):
        sql.execute(f"INSERT INTO {LEARNERS} SELECT DISTINCT id FROM ({rows_of(paths)})")
    touch_courses(sql, f"SELECT DISTINCT course FROM {FRESH} WHERE course >= 0")


def touch(sql: duckdb.DuckDBPyConnection, pairs: str) -> None:
    """Touch these registrations."""
    sql.execute(f"INSERT INTO {PAIRS} {pairs}")


def touch_courses(sql: duckdb.DuckDBPyConnection, courses: str) -> None:
    """Touch these courses."""
    sql.execute(f"INSERT INTO {COURSES} {courses}")


def is_fresh(bench: Bench, part: str, since: Built) -> bool:
    """Whether something of this part came since the last build."""
    return bool(_fresh(bench, part, since))


def settle(sql: duckdb.DuckDBPyConnection) -> None:
    """Each registration, learner and course once: what is touched of a learner or a course is so of the others."""
    touch(sql, f'SELECT course, learner FROM "tables/person_course" SEMI JOIN {LEARNERS} USING (learner)')
    for table, columns in ((PAIRS, "course, learner"), (LEARNERS, "learner")):
        sql.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT DISTINCT {columns} FROM {PAIRS} ORDER BY ALL")
    known = f"SELECT course FROM {COURSES} UNION SELECT course FROM {PAIRS}"
    sql.execute(f"CREATE OR REPLACE TEMP TABLE {COURSES} AS SELECT DISTINCT course FROM ({known}) ORDER BY ALL")


def touched_pairs(sql: duckdb.DuckDBPyConnection) -> Places:
    """Where the touched registrations stand."""
    found = sql.execute(f"SELECT course, learner FROM {PAIRS} ORDER BY ALL").fetchnumpy()
    return places(found["course"], found["learner"])


def touched_courses(sql: duckdb.DuckDBPyConnection) -> Places:
    """Where the touched courses begin."""
    return places(sql.execute(f"SELECT DISTINCT course FROM {COURSES} ORDER BY ALL").fetchnumpy()["course"])


def _touch_said(sql: duckdb.DuckDBPyConnection, said: str, columns: Columns) -> None:
    if "course" in columns:
        touch_courses(sql, f"SELECT DISTINCT course FROM {said} WHERE course >= 0")
    if "course" in columns and "learner" in columns:
        touch(sql, f"SELECT DISTINCT course, learner FROM {said} WHERE course >= 0 AND learner >= 0")
    elif "learner" in columns:
        sql.execute(f"INSERT INTO {LEARNERS} SELECT DISTINCT learner FROM {said} WHERE learner >= 0")


def _fresh(bench: Bench, part: str, since: Built) -> list[str]:
    return [str(bench.folder / path) for path in since.fresh(bench.change.manifest.files(part))]
