"""Registrations made by hand, and the reports on them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from stoa.insights.engine.reporting.exhibit import Exhibit
from stoa.insights.engine.reporting.imprint import Imprint
from stoa.insights.engine.reporting.making import Report, make
from stoa.insights.engine.reporting.people import People
from stoa.insights.tests.tables import Value, a_warehouse_with

DAY, HOUR, MINUTE = 86_400_000_000, 3_600_000_000, 60_000_000
START = 16_000 * DAY
IMPRINT = Imprint(
    title="Four <years>",
    authors=("Ada & Co", "Ben"),
    editor="Cleo",
    published=date(2026, 11, 29),
    period=None,
    full_text="https://example.org/full",
)
Row = dict[str, Value]


def crowd(count: int, name: str = "p", **about: Value) -> list[Row]:
    usual: Row = {
        "course_id": "course-v1:X+A+1",
        "area": "Science",
        "registered": True,
        "viewed": True,
        "nevents": 10,
        "start_time": START,
        "first_event": START,
        "last_event": START + 9 * DAY,
    }
    return [usual | {"username": f"{name}{place}"} | about for place in range(count)]


def opened(folder: Path, rows: Iterable[Row]) -> People:
    return People(a_warehouse_with(folder, rows))


def reported(folder: Path, rows: Iterable[Row], course: str = "") -> Report:
    return make(a_warehouse_with(folder, rows), IMPRINT, course=course)


def exhibit(made: Report, anchor: str) -> Exhibit:
    return next(one for one in made.exhibits if one.anchor == anchor)


def cells(one: Exhibit, place: int = 0) -> list[tuple[str, ...]]:
    return [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in one.grids[place].rows]


def ordinary(folder: Path) -> Report:
    return reported(
        folder,
        [
            *crowd(60, "a", gender="f", country="KE", certified=True, sum_dt_30=30 * HOUR, intent="certificate"),
            *crowd(140, "b", gender="m", country="US", age_band="25-34", age=30, teacher="never"),
            *crowd(50, "c", viewed=False),
        ],
    )
