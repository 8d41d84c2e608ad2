"""What edX's own pipeline answered about its logs, and the same asked of a warehouse of Stoa."""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.dictionaries import dictionary_sql
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("STOA_SHARED", ROOT.parent / "shared")) / "data/tracking_logs/edx-analytics-pipeline"
INPUT, OUTPUT = FOLDER / "input", FOLDER / "output"
NOW = 1_800_000_000_000_000
Row = tuple[object, ...]


class Asked:
    """A warehouse of some of their logs, with everything built."""

    def __init__(self, folder: Path, logs: Iterable[Path]) -> None:
        warehouse = Warehouse(folder)
        with warehouse.alone():
            ingest(warehouse, list(logs), now=NOW)
            build(warehouse)
        self.snapshot: Snapshot = warehouse.snapshot()

    def rows(self, query: str) -> list[Row]:
        """What a query says; parts of the warehouse are tables of their own names, dictionaries without theirs."""
        with duckdb.connect() as sql:
            for part in self.snapshot.manifest.parts:
                sql.read_parquet(self.snapshot.files(part)).create_view(part)
            for name in ("courses", "learners", "objects"):
                sql.execute(f"CREATE VIEW {name} AS {dictionary_sql(self.snapshot, f'dictionaries/{name}')}")
            return sql.execute(query).fetchall()


def logs(*names: str) -> list[Path]:
    """Files of their input."""
    return [INPUT / name for name in names]


def answers(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of one of their tables."""
    with (OUTPUT / name).open(newline="") as file:
        yield from csv.DictReader(file)


def engagement() -> Iterator[tuple[str, date, int, Mapping[str, str]]]:
    """Their tables of engagement: span, first day, how many days, row."""
    for path in sorted(OUTPUT.glob("student_engagement/expected/*/*/*.csv")):
        span = path.parent.parent.name
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                last = date.fromisoformat(row.get("Date") or row["End Date"])
                days = {"daily": 1, "weekly": 7, "all": 14}[span]
                yield span, last - timedelta(days=days - 1), days, row


def moment(text: str) -> int | None:
    """Microseconds since 1970 of one of their times, which are UTC's; None of an empty one."""
    if not text:
        return None
    told = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return int(told.replace(microsecond=0).timestamp()) * 1_000_000 + told.microsecond
