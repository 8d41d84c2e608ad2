"""Where tables are brought up batch by batch: what stays ready between two batches."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stoa.insights.engine.metrics.duck import Duck, duck
from stoa.insights.engine.metrics.engines import a_scratch


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """DuckDB, started, and a folder for what nobody keeps."""

    duck: Duck
    scratch: Path


@contextmanager
def workplace() -> Iterator[Workplace]:
    """One until the end of the block."""
    with a_scratch() as scratch, duck(scratch) as engine:
        yield Workplace(duck=engine, scratch=scratch)
