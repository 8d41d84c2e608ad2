"""Columns of texts out of lists of texts; the empty text is none."""

import pyarrow as pa
import pyarrow.compute as pc


def first_of(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """The one, where it tells nothing the other."""
    return pc.coalesce(one, other) if one.null_count and other.null_count < len(other) else one


def unless(column: pa.ChunkedArray, same: pa.ChunkedArray | str) -> pa.ChunkedArray:
    """The column without what is the same as the other one."""
    if column.null_count == len(column):
        return column
    equal = pc.equal(column, same).fill_null(False)
    return pc.if_else(equal, pa.scalar(None, pa.string()), column) if pc.any(equal).as_py() else column
