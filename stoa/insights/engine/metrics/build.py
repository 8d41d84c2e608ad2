"""Makes every table of a warehouse."""

from collections.abc import Callable
from pathlib import Path

from stoa.insights.engine.metrics.duck import duck
from stoa.insights.engine.metrics.engines import Bench, a_scratch
from stoa.insights.engine.metrics.imported import unpack
from stoa.insights.engine.metrics.making import PERSON_COURSE, STATE_MAKINGS, TABLE_MAKINGS, Making, OnTheBench
from stoa.insights.engine.metrics.prepared import Country, as_of, nowhere, prepare, view
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse

#: Told after each part: its name, how many are done, how many there are.
Tell = Callable[[str, int, int], None]
MAKINGS = (*STATE_MAKINGS, PERSON_COURSE, *TABLE_MAKINGS)


def silent(part: str, done: int, of: int) -> None:
    """Tell nobody."""
    del part, done, of


def build(
    warehouse: Warehouse,
    *,
    engine: str = "duckdb",
    full: bool = False,
    country: Country = nowhere,
    tell: Tell = silent,
) -> None:
    """Make all tables, which count together at the end. The caller is `alone`."""
    del engine, full
    with warehouse.writing() as change:
        _whole(warehouse.folder, change=change, country=country, tell=tell)


def advance(warehouse: Warehouse, *, country: Country = nowhere) -> None:
    """Bring all tables up to what the warehouse holds. The caller is `alone`."""
    build(warehouse, country=country)


def _whole(folder: Path, *, change: Change, country: Country, tell: Tell) -> None:
    with a_scratch() as scratch, duck(scratch) as engine:
        bench = Bench(change, folder=folder, scratch=scratch, engine=engine)
        view(bench, engine.sql)
        until = as_of(engine.sql)
        for done, making in enumerate(MAKINGS, start=1):
            if making is PERSON_COURSE:
                prepare(bench, engine.sql, country)
                unpack(bench, engine)
            _make(bench, making, until)
            tell(making.part, done, len(MAKINGS))


def _make(bench: Bench, making: Making, until: int) -> None:
    table = making.make(OnTheBench(bench.table), until)
    bench.keep(making.part, table, columns=making.columns, order=making.order)
