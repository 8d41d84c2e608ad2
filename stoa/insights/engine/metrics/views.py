"""Gives parts their names in queries of DuckDB: all of them, or what is about what was touched."""

from collections.abc import Iterable
from typing import Final

import duckdb

from stoa.insights.engine.metrics.compiled import MOMENT
from stoa.insights.engine.metrics.engines import Bench
from stoa.insights.engine.metrics.leaves import Leaves, Places
from stoa.insights.engine.metrics.making import MAKINGS, Scope, columns_of

#: Tables of what was touched: course and learner; learner; course.
PAIRS, LEARNERS, COURSES = "touched_pairs", "touched_learners", "touched_courses"
#: Rows of silver that came since the last build.
FRESH: Final = "fresh_silver"
_LEAVED: Final = {making.part: making.scope for making in MAKINGS if making.scope is not Scope.WHOLE}
#: Of which part the addresses are whose countries are wanted.
_NARROWED_BY: Final = {"state/countries": "state/ips"}


def moment(sql: duckdb.DuckDBPyConnection, *, before: int, until: int) -> None:
    """Set the time."""
    sql.execute(f"CREATE OR REPLACE TEMP TABLE {MOMENT} AS SELECT {before}::BIGINT AS before, {until}::BIGINT AS until")


def show(bench: Bench, sql: duckdb.DuckDBPyConnection, parts: Iterable[str]) -> None:
    """Give these parts their names, as they now are."""
    for part in parts:
        _show(sql, part, bench.paths(part, columns_of(part)), "")


def show_touched(
    bench: Bench, sql: duckdb.DuckDBPyConnection, parts: Iterable[str], scope: Scope, touched: Places
) -> None:
    """Give these parts their names, each narrowed to what rows of this scope are made from; `touched` in order.

    What is known by another part of them, as addresses are by the places they were seen at, comes behind it.
    """
    for part in sorted(parts, key=_NARROWED_BY.__contains__):
        paths = bench.paths(part, columns_of(part))
        if part in _LEAVED and bench.files(part):
            leaves = Leaves.of(bench.change.manifest.files(part))
            paths = leaves.paths(bench.folder, leaves.touched(touched, by_course=scope is Scope.COURSE))
            paths = paths or bench.paths(part, columns_of(part))[:1]
        _show(sql, part, paths, _narrowing(part, scope))


def _narrowing(part: str, scope: Scope) -> str:
    columns = columns_of(part)
    if "course" in columns and scope is Scope.COURSE:
        return f"SEMI JOIN {COURSES} USING (course)"
    if "course" in columns and "learner" in columns:
        return f"SEMI JOIN {PAIRS} USING (course, learner)"
    if "learner" in columns:
        return f"SEMI JOIN {LEARNERS} USING (learner)" if scope is Scope.REGISTRATION else ""
    if part == "dictionaries/learners" and scope is Scope.REGISTRATION:
        return f"SEMI JOIN (SELECT learner AS id FROM {LEARNERS}) USING (id)"  # noqa: S608 -- our own names
    if part in _NARROWED_BY and scope is Scope.REGISTRATION:
        return f'SEMI JOIN "{_NARROWED_BY[part]}" USING (ip)'
    return ""


def _show(sql: duckdb.DuckDBPyConnection, part: str, paths: list[str], narrowing: str) -> None:
    sql.execute(f'CREATE OR REPLACE TEMP VIEW "{part}" AS {rows_of(paths)} {narrowing}')


def rows_of(paths: Iterable[str]) -> str:
    """The rows of these files, for a query."""
    # Paths can't be bound in a view.
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"SELECT * FROM read_parquet([{listed}])"  # noqa: S608 -- our own files
