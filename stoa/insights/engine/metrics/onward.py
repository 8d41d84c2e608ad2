"""Brings the tables of a warehouse up to what came in since the last build, by what that touched.

Every row comes out as a build of everything makes it: states and tables are remade for the registrations and courses
that new rows are about, out of all that is known of them; other rows stay in their files.
"""

# ruff: noqa: S608 -- queries are made of names of our own parts and of numbers

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq

from stoa.insights.engine.metrics.built import Built
from stoa.insights.engine.metrics.compiled import query_of
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS
from stoa.insights.engine.metrics.duck import once_more
from stoa.insights.engine.metrics.engines import Bench
from stoa.insights.engine.metrics.imported import PART as IMPORTED
from stoa.insights.engine.metrics.imported import unpack
from stoa.insights.engine.metrics.leaves import courses_at
from stoa.insights.engine.metrics.making import PERSON_COURSE, TABLE_MAKINGS, Scope
from stoa.insights.engine.metrics.prepared import NAMED, Country, Row, Value, countries, course_facts, keep, team
from stoa.insights.engine.metrics.replacing import replace
from stoa.insights.engine.metrics.restated import restated
from stoa.insights.engine.metrics.stale import mark_stale
from stoa.insights.engine.metrics.states import COUNTRIES, COURSE_FACTS, TEAM
from stoa.insights.engine.metrics.touched import (
    is_fresh,
    settle,
    take_said,
    take_silver,
    touch,
    touch_courses,
    touched_courses,
    touched_pairs,
)
from stoa.insights.engine.metrics.views import moment, show, show_touched
from stoa.insights.engine.metrics.workplace import Workplace
from stoa.insights.engine.warehouse.warehouse import Change

_AGING: Final = frozenset(making.part for making in TABLE_MAKINGS if making.ages)


def onward(change: Change, folder: Path, since: Built, *, country: Country, at: Workplace) -> int:
    """Bring states and person_course up to the change, and say what waits for a rest; the time of the last event."""
    with once_more(at.duck) as small:
        bench, sql = Bench(change, folder=folder.resolve(), scratch=at.scratch, engine=small), small.sql
        show(bench, sql, ["silver"])
        until = take_silver(bench, sql, since)
        moment(sql, before=since.until, until=until)
        restated(bench, sql)
        show(bench, sql, (*NAMED, PERSON_COURSE.part))
        take_said(bench, sql, since)
        _prepare(bench, sql, country, until)
        if is_fresh(bench, IMPORTED, since):
            show(bench, sql, [IMPORTED])
            unpack(bench, small)
        settle(sql)
        query, touched = query_of(PERSON_COURSE.part), touched_pairs(sql)
        show_touched(bench, sql, query.parts, PERSON_COURSE.scope, touched)
        replace(bench, small, PERSON_COURSE, touched, query.sql)
        courses = courses_at(touched_courses(sql)).tolist()
        # Of a table that changes with time alone it is found out in the rest in which courses.
        waiting = [
            one for one in (*TABLE_MAKINGS, *COMPUTINGS) if one.scope is Scope.WHOLE or courses or one.part in _AGING
        ]
        mark_stale(change, {one.part: courses if one.scope is Scope.COURSE else None for one in waiting})
    return until


def _prepare(bench: Bench, sql: duckdb.DuckDBPyConnection, country: Country, until: int) -> None:
    """Bring the small tables up to date, and touch whom they say something new about."""
    facts, teams = list(course_facts(sql, until)), list(team(sql))
    changed, moved = _changed(bench, "state/courses", facts), _changed(bench, "state/team", teams)
    for row in changed:
        touch_courses(sql, f"SELECT {row['course']}")
        touch(sql, f'SELECT course, learner FROM "tables/person_course" WHERE course = {row["course"]}')
    for row in moved:
        touch(sql, f"VALUES ({row['course']}, {row['learner']})")
    if changed:
        keep(bench, "state/courses", COURSE_FACTS, facts)
    if moved:
        keep(bench, "state/team", TEAM, teams)
    known = _rows(bench, "state/countries")
    more = list(countries(sql, country, first=len(known)))
    if more:
        keep(bench, "state/countries", COUNTRIES, [*known, *more])


def _changed(bench: Bench, part: str, now: Sequence[Row]) -> list[Row]:
    """Rows of a small part that are new, gone or other than they were."""
    before, after = _by_values(_rows(bench, part)), _by_values(now)
    return [row for key, row in {**before, **after}.items() if (key in before) != (key in after)]


def _by_values(rows: Sequence[Row]) -> Mapping[tuple[Value, ...], Row]:
    return {tuple(row[name] for name in sorted(row)): row for row in rows}


def _rows(bench: Bench, part: str) -> list[Row]:
    return [row for path in bench.files(part) for row in pq.read_table(path).to_pylist()]
