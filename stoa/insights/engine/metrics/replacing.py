"""Puts remade rows in the place of the old ones, in the leaves that hold them."""

from stoa.insights.engine.metrics.duck import Duck
from stoa.insights.engine.metrics.engines import Bench
from stoa.insights.engine.metrics.leaves import Leaves, Places, Shelf
from stoa.insights.engine.metrics.making import Making, Scope
from stoa.insights.engine.metrics.views import COURSES, PAIRS, rows_of


def replace(bench: Bench, duck: Duck, making: Making, touched: Places, rows: str) -> None:
    """Let the rows of this query stand for all rows of the touched; `touched` are their places."""
    if not len(touched):
        return
    leaves = Leaves.of(bench.change.manifest.files(making.part))
    by_course = making.scope is Scope.COURSE
    which = leaves.touched(touched, by_course=by_course)
    columns = ", ".join(f'"{name}"' for name in making.columns)
    gone = f"{COURSES} USING (course)" if by_course else f"{PAIRS} USING (course, learner)"
    kept = f"SELECT {columns} FROM ({rows_of(leaves.paths(bench.folder, which))}) ANTI JOIN {gone}"  # noqa: S608 -- our own names
    query = f"{kept} UNION ALL SELECT {columns} FROM ({rows})"  # noqa: S608 -- our own names
    answer = duck.rows(query, columns=making.columns, order=making.order)
    Shelf(bench.change, making.part, bench.folder).replace(leaves, which, answer)
