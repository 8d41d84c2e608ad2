"""DuckDB runs the expressions: the engine of every day."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from stoa.insights.engine.schema import Columns

_ROWS = 65_536


class Duck:
    """DuckDB, in this process."""

    name = "duckdb"

    def __init__(self, sql: duckdb.DuckDBPyConnection) -> None:
        self.sql = sql
        self._ibis: ibis.BaseBackend | None = None
        self.sql.execute("SET TimeZone = 'UTC'")

    def read(self, paths: Sequence[str]) -> ir.Table:
        """A table of these Parquet files."""
        self._ibis = self._ibis or ibis.duckdb.from_connection(self.sql)
        table: ir.Table = self._ibis.read_parquet(list(paths))
        return table

    def write(self, table: ir.Table, path: Path, *, columns: Columns, order: Sequence[str]) -> int:
        """Write a table with exactly these columns, sorted; says how many rows."""
        return self.write_sql(str(ibis.to_sql(table, dialect="duckdb")), path, columns=columns, order=order)

    def write_sql(self, sql: str, path: Path, *, columns: Columns, order: Sequence[str]) -> int:
        """Write what a query of DuckDB's answers."""
        query = shaped(sql, columns=columns, order=order)
        options = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V1"
        row = self.sql.execute(f"COPY ({query}) TO '{_quoted(path)}' ({options})").fetchone()
        return int(row[0]) if row else 0

    def rows(self, sql: str, *, columns: Columns, order: Sequence[str]) -> pa.RecordBatchReader:
        """What a query of DuckDB's answers, with exactly these columns, sorted; read before the next question."""
        return self.sql.sql(shaped(sql, columns=columns, order=order)).to_arrow_reader(_ROWS)

    def made(self, sql: str, *, columns: Columns, order: Sequence[str]) -> pa.Table:
        """The same at once: small answers to large queries, which are planned only once in this way."""
        self.sql.execute(f"CREATE OR REPLACE TEMP TABLE made AS {shaped(sql, columns=columns, order=())}")
        return self.sql.sql(shaped("FROM made", columns=columns, order=order)).to_arrow_table()

    def close(self) -> None:
        """Let its memory go."""
        self.sql.close()


@contextmanager
def once_more(kept: Duck) -> Iterator[Duck]:
    """The same DuckDB, started already, with none of its temporary tables and views, until the end of the block."""
    engine = Duck(kept.sql.cursor())
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def duck(scratch: Path, *, threads: int | None = None) -> Iterator[Duck]:
    """DuckDB until the end of the block."""
    sql = duckdb.connect()
    sql.execute("SET preserve_insertion_order = false")
    sql.execute(f"SET threads = {threads or os.cpu_count() or 1}")
    sql.execute(f"SET temp_directory = '{_quoted(scratch)}'")
    engine = Duck(sql)
    try:
        yield engine
    finally:
        engine.close()


def shaped(sql: str, *, columns: Columns, order: Sequence[str]) -> str:
    """The rows of a query with exactly these columns, sorted."""
    # Ibis takes a sum of BIGINT for a BIGINT; DuckDB makes it a HUGEINT, which Parquet would hold as a DOUBLE.
    cast = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in columns.items())
    by = ", ".join(f'"{name}" NULLS FIRST' for name in order)
    return f"SELECT {cast} FROM ({sql})" + (f" ORDER BY {by}" if by else "")  # noqa: S608 -- names of our own schema


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
