"""Makes every table of a warehouse."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from stoa.insights.engine.metrics.duck import Duck, duck
from stoa.insights.engine.metrics.engines import Bench, Engine, a_scratch
from stoa.insights.engine.metrics.fast import states
from stoa.insights.engine.metrics.imported import unpack
from stoa.insights.engine.metrics.making import PERSON_COURSE, STATE_MAKINGS, TABLE_MAKINGS, Making, OnTheBench
from stoa.insights.engine.metrics.prepared import Country, as_of, prepare, view
from stoa.insights.engine.reading.countries import countries_of
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse

#: Told after each part: its name, how many are done, how many there are.
Tell = Callable[[str, int, int], None]
#: Starts an engine, with a folder for what nobody keeps, and ends it.
Starts = Callable[[Path], AbstractContextManager[Engine]]
MAKINGS = (*STATE_MAKINGS, PERSON_COURSE, *TABLE_MAKINGS)


def silent(part: str, done: int, of: int) -> None:
    """Tell nobody."""
    del part, done, of


def build(
    warehouse: Warehouse,
    *,
    engine: Starts | None = None,
    country: Country = countries_of,
    tell: Tell = silent,
) -> None:
    """Make all tables, which count together at the end. The caller is `alone`. `engine` is another one than DuckDB."""
    with warehouse.writing() as change:
        _whole(warehouse.folder, change=change, engine=engine, country=country, tell=tell)


def advance(warehouse: Warehouse, *, country: Country = countries_of) -> None:
    """Bring all tables up to what the warehouse holds. The caller is `alone`."""
    build(warehouse, country=country)


def _whole(folder: Path, *, change: Change, engine: Starts | None, country: Country, tell: Tell) -> None:
    with a_scratch(beside=folder if engine else None) as scratch, duck(scratch) as small, ExitStack() as stack:
        large = stack.enter_context(engine(scratch)) if engine else small
        bench = Bench(change, folder=folder.resolve(), scratch=scratch, engine=large)
        view(bench, small.sql)
        until = as_of(small.sql)
        if engine is None:
            _fast(bench, small)
        makings = MAKINGS if engine else MAKINGS[len(STATE_MAKINGS) :]
        for done, making in enumerate(makings, start=1 + len(MAKINGS) - len(makings)):
            if making is PERSON_COURSE:
                prepare(bench, small.sql, country)
                unpack(bench, small)
            _make(bench, making, until)
            tell(making.part, done, len(MAKINGS))


def _fast(bench: Bench, duck: Duck) -> None:
    """States by numpy, which is several times as fast as any engine."""
    for making in STATE_MAKINGS:
        bench.change.drop(making.part)
    for part, table in states(duck.sql).items():
        path = bench.change.new_file(part)
        rows = duck.write_arrow(table, path)
        bench.change.add(part, path, rows=rows)


def _make(bench: Bench, making: Making, until: int) -> None:
    table = making.make(OnTheBench(bench.table), until)
    bench.keep(making.part, table, columns=making.columns, order=making.order)
