"""Writes Parquet files: the same rows give the same bytes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP: Final = 131_072
#: DuckDB's names of types, as Arrow knows them.
_TYPES: Final = {
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "UTINYINT": pa.uint8(),
    "TINYINT": pa.int8(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR": pa.string(),
    "TIMESTAMP": pa.timestamp("us"),
    "BLOB": pa.binary(),
}


def arrow_type(name: str) -> pa.DataType:
    """Arrow's type for a type of the schema."""
    return _TYPES[name]


def write(path: Path, table: pa.Table, *, plain: Sequence[str] = (), level: int = 3) -> None:
    """Write the table. `plain` columns repeat too seldom for a dictionary. Least and largest are noted of numbers."""
    pq.write_table(
        table,
        path,
        version="1.0",
        data_page_version="1.0",
        compression="zstd",
        compression_level=level,
        row_group_size=ROW_GROUP,
        use_dictionary=[name for name in table.column_names if name not in plain],
        write_statistics=[field.name for field in table.schema if not _is_text(field.type)],
        store_schema=False,
    )


def _is_text(kind: pa.DataType) -> bool:
    return not pa.types.is_primitive(kind)
