"""What is computed of what, after all that engines make."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from stoa.insights.engine.metrics.computed.balance import area_balance
from stoa.insights.engine.metrics.computed.items import item_response
from stoa.insights.engine.metrics.computed.reruns import rerun
from stoa.insights.engine.metrics.computed.rows import Row
from stoa.insights.engine.metrics.computed.typical import typical
from stoa.insights.engine.metrics.duck import Duck
from stoa.insights.engine.metrics.engines import ARROW, Bench
from stoa.insights.engine.metrics.leaves import Places, Remade, Shelf
from stoa.insights.engine.metrics.making import Scope
from stoa.insights.engine.metrics.registry.metric import columns
from stoa.insights.engine.metrics.registry.tables import TABLES
from stoa.insights.engine.metrics.views import show, show_touched


@dataclass(frozen=True, kw_only=True)
class Computing:
    """How a table is computed: rows in their order, from views that bear the names of these parts.

    `scope` is COURSE where its rows are made from rows about the same course. All are made at rest.
    """

    table: str
    needs: Sequence[str]
    rows: Callable[[duckdb.DuckDBPyConnection], Iterable[Row]]
    scope: Scope = Scope.WHOLE

    @property
    def part(self) -> str:
        """The part that it makes."""
        return f"tables/{self.table}"


COMPUTINGS = (
    Computing(
        table="item_response",
        needs=("state/courses", "state/team", "state/tries"),
        rows=item_response,
        scope=Scope.COURSE,
    ),
    Computing(table="rerun", needs=("tables/course",), rows=rerun),
    Computing(table="area_balance", needs=("state/steps", "tables/area_network"), rows=area_balance),
    Computing(table="typical", needs=("tables/course",), rows=typical),
)


def compute(bench: Bench, duck: Duck, computing: Computing) -> None:
    """Let what it computes be the part from now on."""
    show(bench, duck.sql, computing.needs)
    Shelf(bench.change, computing.part, bench.folder).put(_rows(duck, computing).to_reader())


def recompute(bench: Bench, duck: Duck, computing: Computing, touched: Places) -> None:
    """Let what it computes of the touched courses stand for what they were; `touched` are their places, in order."""
    show_touched(bench, duck.sql, computing.needs, Scope.COURSE, touched)
    remade = Remade(touched=touched, rows=_rows(duck, computing), by_course=True)
    Shelf(bench.change, computing.part, bench.folder).replace(remade)


def _rows(duck: Duck, computing: Computing) -> pa.Table:
    shape = columns(TABLES[computing.table])
    schema = pa.schema([(name, ARROW[kind]) for name, kind in shape.items()])
    return pa.Table.from_pylist([dict(row) for row in computing.rows(duck.sql)], schema=schema)
