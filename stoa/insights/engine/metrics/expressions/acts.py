"""Acts: what a known learner does in a course."""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.kinds import COURSEWARE, FORUM, NO_ACTS, PROBLEM, TEXT, VIDEO
from stoa.insights.engine.metrics.states import DAY, IN_FORUM, IN_PROBLEM, IN_TEXT, IN_VIDEO, OTHER
from stoa.insights.engine.schema import Columns

PAIR = ("course", "learner")
_TYPES = {"BOOLEAN": "boolean", "TINYINT": "int8", "INTEGER": "int32", "BIGINT": "int64", "DOUBLE": "float64"}


def acts(silver: ir.Table) -> ir.Table:
    """Events that are acts."""
    return silver.filter(silver.course >= 0, silver.learner >= 0, silver.kind.notin(_numbers(NO_ACTS)))


def with_gaps(acts: ir.Table) -> ir.Table:
    """Acts with `klass`, `day`, `gap` since the act before (NULL: none), its class `before`, and whether `last`."""
    order = ibis.window(group_by=list(PAIR), order_by=["t", "seq"])
    told = acts.mutate(klass=_class(acts.kind), day=day_of(acts.t))
    return told.mutate(
        gap=told.t - told.t.lag().over(order),
        before=told.klass.lag().over(order),
        last=told.t.lead().over(order).isnull(),
    )


def is_one(kind: ir.IntegerColumn, kinds: Iterable[int]) -> ir.BooleanColumn:
    """Whether an event is of one of these kinds."""
    return kind.isin(_numbers(kinds))


def day_of(t: ir.IntegerColumn) -> ir.IntegerColumn:
    """The day in UTC, counted from 1970."""
    return (t // DAY).cast("int32")


def how_many(condition: ir.BooleanColumn) -> ir.IntegerScalar:
    """How many rows fulfil it. Spark counts NULL as NULL, so that NULL is no first."""
    return condition.fill_null(ibis.literal(value=False)).ifelse(1, 0).cast("int64").sum()


def sum_where(value: ir.IntegerColumn, condition: ir.BooleanColumn) -> ir.IntegerScalar:
    """The sum over the rows that fulfil it, 0 where none does."""
    return condition.fill_null(ibis.literal(value=False)).ifelse(value, 0).cast("int64").sum()


def opens_courseware(kind: ir.IntegerColumn) -> ir.BooleanColumn:
    """Whether the act opens class courseware."""
    return is_one(kind, COURSEWARE)


def shaped(table: ir.Table, columns: Columns) -> ir.Table:
    """Exactly these columns, of exactly these types."""
    return table.select(**{name: table[name].cast(_TYPES.get(kind, "string")) for name, kind in columns.items()})


def _class(kind: ir.IntegerColumn) -> ir.IntegerColumn:
    return ibis.cases(
        (is_one(kind, VIDEO), IN_VIDEO),
        (is_one(kind, PROBLEM), IN_PROBLEM),
        (is_one(kind, FORUM), IN_FORUM),
        (is_one(kind, TEXT), IN_TEXT),
        else_=OTHER,
    ).cast("int8")


def _numbers(kinds: Iterable[int]) -> list[int]:
    return sorted(int(kind) for kind in kinds)
