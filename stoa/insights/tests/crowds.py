"""Registrations for tests of answers: a person_course table without a log behind it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from stoa.insights.engine.schema import PERSON_COURSE, Columns
from stoa.insights.engine.warehouse.warehouse import Warehouse

Told = str | float | bool | None
Row = Mapping[str, Told]
DAY = 86_400_000_000
JANUARY = 1_767_225_600_000_000  # 2026-01-01
_PLAIN: Row = {
    "course_id": "course-v1:Uni+Bees+2026",
    "org": "Uni",
    "run": "2026",
    "area": "nature",
    "registered": True,
    "viewed": False,
    "explored": False,
    "certified": False,
    "verified": False,
    "status": "registered",
    "start_time": JANUARY,
    "sum_dt_30": 0,
    "nevents": 0,
}


def registrations(count: int = 1, **told: Told) -> list[Row]:
    """So many alike; what is not told is plain."""
    return [{**_PLAIN, **told} for _ in range(count)]


def a_warehouse(folder: Path, rows: Iterable[Row]) -> Warehouse:
    """A warehouse with nothing but these registrations."""
    warehouse = Warehouse(folder)
    add_registrations(warehouse, rows)
    return warehouse


def add_registrations(warehouse: Warehouse, rows: Iterable[Row]) -> None:
    """One more file of registrations."""
    add_rows(warehouse, "tables/person_course", PERSON_COURSE, rows)


def add_rows(warehouse: Warehouse, part: str, columns: Columns, rows: Iterable[Row]) -> None:
    """One more file of a part."""
    told = list(rows)
    with warehouse.alone(), warehouse.writing() as change, duckdb.connect() as connection:
        shaped = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"CREATE TABLE told ({shaped})")
        for number, row in enumerate(told):
            named = {"username": f"learner-{number}", **row}
            kept = {name: value for name, value in named.items() if name in columns}
            names = ", ".join(f'"{name}"' for name in kept)
            places = ", ".join("?" for _ in kept)
            connection.execute(f"INSERT INTO told ({names}) VALUES ({places})", list(kept.values()))  # noqa: S608 -- a table of a test
        path = change.new_file(part)
        connection.execute(f"COPY told TO '{path}' (FORMAT parquet)")
        change.add(part, path, rows=len(told))
