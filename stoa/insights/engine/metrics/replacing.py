"""Remakes the rows of what was touched, in the leaves that hold them."""

import pyarrow as pa

from stoa.insights.engine.metrics.duck import Duck
from stoa.insights.engine.metrics.engines import ARROW, Bench
from stoa.insights.engine.metrics.leaves import Places, Remade, Shelf
from stoa.insights.engine.metrics.making import Making, Scope


def replace(bench: Bench, duck: Duck, making: Making, touched: Places, query: str) -> None:
    """Let the rows of this query stand for all rows of the touched; `touched` are their places, in order."""
    if not len(touched):
        return
    rows = duck.made(query, columns=making.columns, order=making.order)
    schema = pa.schema([(name, ARROW[kind]) for name, kind in making.columns.items()])
    remade = Remade(touched=touched, rows=rows.cast(schema), by_course=making.scope is Scope.COURSE)
    Shelf(bench.change, making.part, bench.folder).replace(remade)
