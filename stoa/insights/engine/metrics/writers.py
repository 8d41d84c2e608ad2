"""Threads that write leaves while the next ones are made."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

WRITERS: Final = 2
Write = Callable[[Path, pa.Table], None]


@contextmanager
def writers() -> Iterator[Write]:
    """Whoever is given a file and its rows goes on at once; by the end of the block all files are whole."""
    waiting = deque[Future[None]]()

    def write(path: Path, rows: pa.Table) -> None:
        waiting.append(threads.submit(_write, path, rows))
        # What waits is held in memory.
        if len(waiting) > WRITERS:
            waiting.popleft().result()

    with ThreadPoolExecutor(WRITERS) as threads:
        yield write
        for one in waiting:
            one.result()


def _write(path: Path, table: pa.Table) -> None:
    # Numbers take less time without a dictionary, and less space.
    words = [one.name for one in table.schema if pa.types.is_string(one.type)]
    pq.write_table(table, path, compression="zstd", version="1.0", store_schema=False, use_dictionary=words)
