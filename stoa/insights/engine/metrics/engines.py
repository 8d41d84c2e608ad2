"""An engine runs expressions over the files of a warehouse, and keeps what comes out as Parquet."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from stoa.insights.engine.schema import Columns
from stoa.insights.engine.warehouse.warehouse import Change

Notes = Mapping[str, str | int]

#: Parquet's and DuckDB's words for a type, in Arrow's.
ARROW: Mapping[str, pa.DataType] = {
    "BOOLEAN": pa.bool_(),
    "TINYINT": pa.int8(),
    "UTINYINT": pa.uint8(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "VARCHAR": pa.string(),
    "BLOB": pa.binary(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}


class Engine(Protocol):
    """Runs expressions."""

    name: str

    def read(self, paths: Sequence[str]) -> ir.Table:
        """A table of these Parquet files."""
        ...

    def write(self, table: ir.Table, path: Path, *, columns: Columns, order: Sequence[str]) -> int:
        """Write a table with exactly these columns, sorted; says how many rows."""
        ...


#: Starts an engine, with a folder for what nobody keeps, and ends it.
Starts = Callable[[Path], AbstractContextManager[Engine]]
#: Told after each part: its name, how many are done, how many there are.
Tell = Callable[[str, int, int], None]


class Bench:
    """Where tables are made: what the change holds so far can be read, what comes out is added to it."""

    def __init__(self, change: Change, *, folder: Path, scratch: Path, engine: Engine) -> None:
        self.change = change
        self.folder = folder
        self.scratch = scratch
        self.engine = engine

    def files(self, part: str) -> list[str]:
        """The Parquet files of a part, as this change has it."""
        return [str(self.folder / kept.path) for kept in self.change.manifest.files(part)]

    def table(self, part: str, columns: Columns) -> ir.Table:
        """A part as a table; one without rows where the warehouse has no file of it."""
        return self.engine.read(self.paths(part, columns))

    def paths(self, part: str, columns: Columns) -> list[str]:
        """The files of a part; one without rows where the warehouse has none."""
        return self.files(part) or [str(self._empty(part, columns))]

    def keep(self, part: str, table: ir.Table, *, columns: Columns, order: Sequence[str]) -> None:
        """Let this be the part from now on."""
        path = self.change.new_file(part)
        rows = self.engine.write(table, path, columns=columns, order=order)
        self.change.drop(part)
        self.change.add(part, path, rows=rows)

    def _empty(self, part: str, columns: Columns) -> Path:
        path = self.scratch / f"{part.replace('/', '-')}.parquet"
        if not path.exists():
            schema = pa.schema([(name, ARROW[kind]) for name, kind in columns.items()])
            pq.write_table(schema.empty_table(), path)
        return path


@contextmanager
def a_scratch(*, beside: Path | None = None) -> Iterator[Path]:
    """A folder for what nobody keeps; inside another one where all machines of a cluster must see it."""
    folder = Path(tempfile.mkdtemp(prefix=".scratch-" if beside else "stoa-insights-", dir=beside)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
