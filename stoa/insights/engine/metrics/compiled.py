"""The expressions of parts in DuckDB's SQL, compiled once a process: that takes longer than running them on a batch."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.making import MAKINGS, Making, OnTheBench, Time
from stoa.insights.engine.schema import Columns

#: A table of one row: the time of the last event, `until`, and what it was at the build `before`.
MOMENT: Final = "moment"
_MOMENT: Final = ibis.table({"before": "int64", "until": "int64"}, name=MOMENT)
_TYPES: Final = {
    "BOOLEAN": "boolean",
    "TINYINT": "int8",
    "UTINYINT": "uint8",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "BIGINT": "int64",
    "DOUBLE": "float64",
    "VARCHAR": "string",
    "BLOB": "binary",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}
_HERE: Final = Path(__file__).resolve().parent
_SOURCES: Final = (
    *sorted(_HERE.rglob("*.py")),
    *(_HERE.parent / name for name in ("schema.py", "kinds.py")),
    _HERE.parents[1] / "rules" / "bands.py",
)


@dataclass(frozen=True, kw_only=True)
class Query:
    """A query, and the parts that it names."""

    sql: str
    parts: tuple[str, ...]


@cache
def query_of(part: str) -> Query:
    """How a part is made of other parts, which bear their names, and of the moment."""
    named = OnTheBench(_table)
    sql = _sql(_making(part).make(named, _time("until")))
    return Query(sql=sql, parts=named.opened)


@cache
def aging_of(part: str) -> Query | None:
    """Which courses of a part change by the time that has passed; None where none does."""
    ages = _making(part).ages
    if not ages:
        return None
    named = OnTheBench(_table)
    sql = _sql(ages(named, _time("before"), _time("until")))
    return Query(sql=sql, parts=named.opened)


@cache
def edition() -> str:
    """What this Stoa means by its tables: another edition makes all of them anew."""
    digest = hashlib.blake2b(digest_size=8)
    for path in _SOURCES:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _making(part: str) -> Making:
    return next(making for making in MAKINGS if making.part == part)


def _table(part: str, columns: Columns) -> ir.Table:
    return ibis.table({name: _TYPES[kind] for name, kind in columns.items()}, name=part)


def _time(name: str) -> Time:
    return _MOMENT[name].max().as_scalar()


def _sql(table: ir.Table) -> str:
    return str(ibis.to_sql(table, dialect="duckdb"))
