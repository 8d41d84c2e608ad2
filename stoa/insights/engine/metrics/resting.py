"""Makes the tables that waited for a rest."""

from pathlib import Path

import duckdb
import numpy as np

from stoa.insights.engine.metrics.compiled import query_of
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS, compute, recompute
from stoa.insights.engine.metrics.duck import Duck, duck
from stoa.insights.engine.metrics.engines import Bench, Tell, a_scratch
from stoa.insights.engine.metrics.leaves import places
from stoa.insights.engine.metrics.making import TABLE_MAKINGS, Making, Scope
from stoa.insights.engine.metrics.replacing import replace
from stoa.insights.engine.metrics.stale import ALL, mark_all_fresh, stale
from stoa.insights.engine.metrics.touched import no_touched, touch_courses
from stoa.insights.engine.metrics.views import moment, show_touched
from stoa.insights.engine.metrics.whole import remake
from stoa.insights.engine.warehouse.warehouse import Change


def rest(change: Change, folder: Path, *, until: int, tell: Tell) -> None:
    """Bring what is behind up to the other tables, which hold as of `until`."""
    behind = stale(change.manifest)
    with a_scratch() as scratch, duck(scratch) as small:
        bench = Bench(change, folder=folder.resolve(), scratch=scratch, engine=small)
        moment(small.sql, before=until, until=until)
        for done, making in enumerate([one for one in TABLE_MAKINGS if one.part in behind], start=1):
            courses = behind[making.part]
            if courses == ALL or making.scope is Scope.WHOLE:
                remake(bench, small, making)
            else:
                _courses(bench, small, making, [int(course) for course in courses])
            tell(making.part, done, len(behind))
        for computing in (one for one in COMPUTINGS if one.part in behind):
            courses = behind[computing.part]
            if courses == ALL or computing.scope is Scope.WHOLE:
                compute(bench, small, computing)
            else:
                _touch_only(small.sql, [int(course) for course in courses])
                recompute(bench, small, computing, places(np.array(courses, np.int64)))
            tell(computing.part, len(behind), len(behind))
    mark_all_fresh(change)


def _courses(bench: Bench, duck: Duck, making: Making, courses: list[int]) -> None:
    _touch_only(duck.sql, courses)
    touched = places(np.array(courses, np.int64))
    query = query_of(making.part)
    show_touched(bench, duck.sql, query.parts, Scope.COURSE, touched)
    replace(bench, duck, making, touched, query.sql)


def _touch_only(sql: duckdb.DuckDBPyConnection, courses: list[int]) -> None:
    no_touched(sql)
    touch_courses(sql, f"VALUES {', '.join(f'({course})' for course in courses)}")
