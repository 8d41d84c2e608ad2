"""Brings the tables of a warehouse up to what came in since the last build, by what that touched.

Every row comes out as a build of everything makes it: states and tables are remade for the registrations and courses
that new rows are about, out of all that is known of them; other rows stay in their files.
"""

# ruff: noqa: S608 -- queries are made of names of our own parts and of numbers

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from stoa.insights.engine.metrics.built import Built
from stoa.insights.engine.metrics.compiled import aging_of, query_of
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS
from stoa.insights.engine.metrics.duck import Duck, duck
from stoa.insights.engine.metrics.engines import Bench, Tell, a_scratch
from stoa.insights.engine.metrics.imported import PART as IMPORTED
from stoa.insights.engine.metrics.imported import unpack
from stoa.insights.engine.metrics.leaves import courses_at
from stoa.insights.engine.metrics.making import PERSON_COURSE, TABLE_MAKINGS, Making, Scope
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
from stoa.insights.engine.warehouse.warehouse import Change


def onward(change: Change, folder: Path, since: Built, *, country: Country, tell: Tell) -> int:
    """Bring all tables up to the change; gives the time of the last event."""
    with a_scratch() as scratch, duck(scratch) as small:
        bench, sql = Bench(change, folder=folder.resolve(), scratch=scratch, engine=small), small.sql
        show(bench, sql, ["silver"])
        until = take_silver(bench, sql, since)
        moment(sql, before=since.until, until=until)
        restated(bench, small)
        show(bench, sql, (*NAMED, PERSON_COURSE.part))
        take_said(bench, sql, since)
        _prepare(bench, sql, country, until)
        if is_fresh(bench, IMPORTED, since):
            show(bench, sql, [IMPORTED])
            unpack(bench, small)
        settle(sql)
        for done, making in enumerate((PERSON_COURSE, *TABLE_MAKINGS), start=1):
            _remake(bench, small, making)
            tell(making.part, done, 1 + len(TABLE_MAKINGS))
        courses = courses_at(touched_courses(sql)).tolist()
        for computing in COMPUTINGS:
            mark_stale(change, computing.part, courses if computing.scope is Scope.COURSE else None)
    return until


def _prepare(bench: Bench, sql: duckdb.DuckDBPyConnection, country: Country, until: int) -> None:
    """Bring the small tables up to date, and touch whom they say something new about."""
    facts, teams = list(course_facts(sql, until)), list(team(sql))
    for row in _changed(bench, "state/courses", facts):
        touch_courses(sql, f"SELECT {row['course']}")
        touch(sql, f'SELECT course, learner FROM "tables/person_course" WHERE course = {row["course"]}')
    for row in _changed(bench, "state/team", teams):
        touch(sql, f"VALUES ({row['course']}, {row['learner']})")
    keep(bench, "state/courses", COURSE_FACTS, facts)
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


def _remake(bench: Bench, duck: Duck, making: Making) -> None:
    """Bring what is touched of a part up to date, or leave it for a rest."""
    if making.scope is Scope.WHOLE:
        mark_stale(bench.change, making.part, None)
        return
    if aging := aging_of(making.part):
        show(bench, duck.sql, aging.parts)
        touch_courses(duck.sql, aging.sql)
    touched = touched_courses(duck.sql) if making.scope is Scope.COURSE else touched_pairs(duck.sql)
    if making.at_rest:
        mark_stale(bench.change, making.part, courses_at(touched).tolist())
        return
    query = query_of(making.part)
    show_touched(bench, duck.sql, query.parts, making.scope, touched)
    replace(bench, duck, making, touched, query.sql)
