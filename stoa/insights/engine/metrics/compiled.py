"""The expressions of parts in DuckDB's SQL, compiled once: that takes longer than running them on a batch.

What was compiled is kept where Python keeps what it compiled, until the sources or the compiler change.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import cache_from_source
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
    return _kept(part, lambda named: _making(part).make(named, _time("until")))


@cache
def aging_of(part: str) -> Query | None:
    """Which courses of a part change by the time that has passed; None where none does."""
    ages = _making(part).ages
    if not ages:
        return None
    return _kept(f"{part} ages", lambda named: ages(named, _time("before"), _time("until")))


@cache
def edition() -> str:
    """What this Stoa means by its tables: another edition makes all of them anew."""
    digest = hashlib.blake2b(digest_size=8)
    for path in _SOURCES:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _kept(name: str, make: Callable[[OnTheBench], ir.Table]) -> Query:
    """The query of this name as it was compiled before, else compiled now and kept."""
    path = _place()
    known = _queries(path).get(name)
    if isinstance(known, dict) and known.keys() == {"sql", "parts"}:
        return Query(sql=known["sql"], parts=tuple(known["parts"]))
    named = OnTheBench(_table)
    sql = _sql(make(named))
    made = Query(sql=sql, parts=named.opened)
    _keep(path, name, made)
    return made


def _queries(path: Path) -> dict[str, object]:
    """What is kept here by name; nothing where the file is not there, or spoiled."""
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _place() -> Path:
    """Where queries of these sources, made by this compiler, are kept."""
    told = " ".join((edition(), *(f"{name} {version(name)}" for name in ("ibis-framework", "sqlglot", "duckdb"))))
    key = hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
    return Path(cache_from_source(__file__)).with_name(f"queries-{key}.json")


def _keep(path: Path, name: str, made: Query) -> None:
    """Keep a query, where Python may keep what it compiles; those of other sources are gone then."""
    if sys.dont_write_bytecode:
        return
    # Where nothing may be written, it is compiled again next time.
    with suppress(OSError):
        new = path.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps({**_queries(path), name: asdict(made)}))
        new.replace(path)
        for other in path.parent.glob("queries-*.json"):
            if other != path:
                other.unlink(missing_ok=True)


def _making(part: str) -> Making:
    return next(making for making in MAKINGS if making.part == part)


def _table(part: str, columns: Columns) -> ir.Table:
    return ibis.table({name: _TYPES[kind] for name, kind in columns.items()}, name=part)


def _time(name: str) -> Time:
    return _MOMENT[name].max().as_scalar()


def _sql(table: ir.Table) -> str:
    return str(ibis.to_sql(table, dialect="duckdb"))
