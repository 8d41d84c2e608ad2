"""Spark runs the expressions: where one machine is too small. An extra: `pip install stoa[spark]`, with Java 17."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir
from pyspark.sql import SparkSession
from pyspark.sql.functions import col

from stoa.insights.engine.schema import Columns

LOCAL: Final = "local[*]"
#: The schema's words for a type, in Spark's.
_TYPES: Final[Mapping[str, str]] = {
    "BOOLEAN": "boolean",
    "TINYINT": "tinyint",
    "UTINYINT": "smallint",
    "SMALLINT": "smallint",
    "INTEGER": "int",
    "BIGINT": "bigint",
    "DOUBLE": "double",
    "VARCHAR": "string",
    "DATE": "date",
    "TIMESTAMP": "timestamp_ntz",
}
_SETTINGS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.shuffle.partitions": os.environ.get("STOA_SPARK_PARTITIONS", "8"),
    "spark.sql.adaptive.coalescePartitions.enabled": "true",
    "spark.driver.host": os.environ.get("STOA_SPARK_DRIVER", "127.0.0.1"),
    "spark.driver.bindAddress": os.environ.get("STOA_SPARK_DRIVER", "127.0.0.1"),
    # Parts of a large warehouse's sort don't fit into memory at once; Spark keeps them beside the tables.
    "spark.sql.legacy.parquet.nanosAsLong": "true",
}


class Spark:
    """Spark, on a cluster or in processes of this machine; every machine of it sees the warehouse's folder."""

    name = "spark"

    def __init__(self, session: SparkSession, scratch: Path) -> None:
        self._session = session
        self._ibis = ibis.pyspark.connect(session)
        self._scratch = scratch
        self._names = count()

    def read(self, paths: Sequence[str]) -> ir.Table:
        """A table of these Parquet files."""
        name = f"part_{next(self._names)}"
        self._session.read.parquet(*paths).createOrReplaceTempView(name)
        table: ir.Table = self._ibis.table(name)
        return table

    def write(self, table: ir.Table, path: Path, *, columns: Columns, order: Sequence[str]) -> int:
        """Write a table with exactly these columns, sorted; says how many rows."""
        frame = self._session.sql(self._ibis.compile(table))
        shaped = frame.select(*(col(name).cast(_TYPES[kind]).alias(name) for name, kind in columns.items()))
        # Spark writes a folder of files; one of them is what the manifest names.
        folder = self._scratch / f"{path.parent.name}-{path.stem}"
        ordered = shaped.repartition(1).sortWithinPartitions(*(col(name).asc_nulls_first() for name in order))
        ordered.write.mode("overwrite").parquet(str(folder))
        (part,) = folder.glob("part-*.parquet")
        shutil.move(str(part), str(path))
        shutil.rmtree(folder)
        return int(self._session.read.parquet(str(path)).count())


@contextmanager
def spark(scratch: Path, *, master: str = LOCAL, settings: Mapping[str, str] | None = None) -> Iterator[Spark]:
    """Spark until the end of the block; `settings` are Spark's own, above ours."""
    maker = SparkSession.builder.appName("stoa insights").master(master)
    for name, value in {**_SETTINGS, **(settings or {})}.items():
        maker = maker.config(name, value)
    session = maker.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield Spark(session, scratch)
    finally:
        session.stop()
