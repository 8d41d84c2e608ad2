"""Makes the tables that waited for a rest."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import numpy as np

from stoa.insights.engine.metrics.compiled import aging_of, query_of
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS, compute, recompute
from stoa.insights.engine.metrics.duck import Duck, once_more
from stoa.insights.engine.metrics.engines import Bench, Tell
from stoa.insights.engine.metrics.leaves import places
from stoa.insights.engine.metrics.making import TABLE_MAKINGS, Making, Scope
from stoa.insights.engine.metrics.replacing import replace
from stoa.insights.engine.metrics.stale import made_until, mark_all_fresh, mark_fresh, stale
from stoa.insights.engine.metrics.touched import no_touched, touch_courses
from stoa.insights.engine.metrics.views import moment, show, show_touched
from stoa.insights.engine.metrics.whole import remake
from stoa.insights.engine.metrics.workplace import Workplace
from stoa.insights.engine.warehouse.warehouse import Change


def rest(change: Change, folder: Path, *, until: int, at: Workplace, tell: Tell) -> None:
    """Bring what is behind up to the other tables, which hold as of `until`."""
    many, done = len(stale(change.manifest)), 0
    while made := rest_one(change, folder, until=until, at=at):
        done += 1
        tell(made, done, many)
    mark_all_fresh(change, until=until)


def rest_one(change: Change, folder: Path, *, until: int, at: Workplace) -> str:
    """Bring the first of those that are behind up to the others; its name, none where nothing was behind."""
    behind = stale(change.manifest)
    part = next((one.part for one in (*TABLE_MAKINGS, *COMPUTINGS) if one.part in behind), "")
    if part:
        with once_more(at.duck) as small:
            bench = Bench(change, folder=folder.resolve(), scratch=at.scratch, engine=small)
            moment(small.sql, before=made_until(change.manifest, part), until=until)
            _catch_up(bench, small, part, behind[part])
        mark_fresh(change, part, until=until)
    return part


def _catch_up(bench: Bench, duck: Duck, part: str, behind: list[int] | str) -> None:
    courses = None if isinstance(behind, str) else {int(course) for course in behind}
    for making in (one for one in TABLE_MAKINGS if one.part == part):
        if courses is None or making.scope is Scope.WHOLE:
            remake(bench, duck, making)
        else:
            _courses(bench, duck, making, courses | _aged(bench, duck, making))
    for computing in (one for one in COMPUTINGS if one.part == part):
        if courses is None or computing.scope is Scope.WHOLE:
            compute(bench, duck, computing)
        elif courses:
            _touch_only(duck.sql, courses)
            recompute(bench, duck, computing, places(np.array(sorted(courses), np.int64)))


def _aged(bench: Bench, duck: Duck, making: Making) -> set[int]:
    """Courses that changed by the time that has passed since the table was made."""
    aging = aging_of(making.part)
    if aging is None:
        return set()
    show(bench, duck.sql, aging.parts)
    return {int(course) for (course,) in duck.sql.execute(aging.sql).fetchall()}


def _courses(bench: Bench, duck: Duck, making: Making, courses: set[int]) -> None:
    if not courses:
        return
    _touch_only(duck.sql, courses)
    touched = places(np.array(sorted(courses), np.int64))
    query = query_of(making.part)
    show_touched(bench, duck.sql, query.parts, Scope.COURSE, touched)
    replace(bench, duck, making, touched, query.sql)


def _touch_only(sql: duckdb.DuckDBPyConnection, courses: Iterable[int]) -> None:
    no_touched(sql)
    touch_courses(sql, f"VALUES {', '.join(f'({course})' for course in courses)}")
