"""Makes every table of a warehouse anew."""

from contextlib import ExitStack
from pathlib import Path

import ibis

from stoa.insights.engine.metrics.compiled import query_of
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS, compute
from stoa.insights.engine.metrics.duck import Duck, duck
from stoa.insights.engine.metrics.engines import Bench, Starts, Tell, a_scratch
from stoa.insights.engine.metrics.fast import states
from stoa.insights.engine.metrics.imported import PART as IMPORTED
from stoa.insights.engine.metrics.imported import unpack
from stoa.insights.engine.metrics.leaves import Shelf
from stoa.insights.engine.metrics.making import MAKINGS, PERSON_COURSE, STATE_MAKINGS, Making, OnTheBench
from stoa.insights.engine.metrics.prepared import NAMED, Country, as_of, prepare
from stoa.insights.engine.metrics.views import moment, show
from stoa.insights.engine.schema import SILVER
from stoa.insights.engine.warehouse.warehouse import Change


def whole(change: Change, folder: Path, *, engine: Starts | None, country: Country, tell: Tell) -> int:
    """Make all tables; gives the time of the last event. `engine` is another one than numpy and DuckDB."""
    with a_scratch(beside=folder if engine else None) as scratch, duck(scratch) as small, ExitStack() as stack:
        large = stack.enter_context(engine(scratch)) if engine else small
        bench = Bench(change, folder=folder.resolve(), scratch=scratch, engine=large)
        show(bench, small.sql, ["silver"])
        until = as_of(small.sql)
        moment(small.sql, before=until, until=until)
        if engine is None:
            _states(bench, small)
        makings = MAKINGS if engine else MAKINGS[len(STATE_MAKINGS) :]
        for done, making in enumerate(makings, start=1 + len(MAKINGS) - len(makings)):
            if making is PERSON_COURSE:
                show(bench, small.sql, (*NAMED, IMPORTED))
                prepare(bench, small.sql, country)
                unpack(bench, small)
            if engine is None:
                remake(bench, small, making)
            else:
                table = making.make(OnTheBench(bench.table), ibis.literal(until, "int64"))
                bench.keep(making.part, table, columns=making.columns, order=making.order)
            tell(making.part, done, len(MAKINGS) + len(COMPUTINGS))
        for done, computing in enumerate(COMPUTINGS, start=1 + len(MAKINGS)):
            compute(bench, small, computing)
            tell(computing.part, done, len(MAKINGS) + len(COMPUTINGS))
    return until


def remake(bench: Bench, duck: Duck, making: Making) -> None:
    """Make all of a part."""
    query = query_of(making.part)
    show(bench, duck.sql, query.parts)
    rows = duck.rows(query.sql, columns=making.columns, order=making.order)
    Shelf(bench.change, making.part, bench.folder).put(rows)


def _states(bench: Bench, duck: Duck) -> None:
    """States by numpy, which is several times as fast as any engine."""
    for part, table in states(duck.sql, bench.paths("silver", SILVER)).items():
        Shelf(bench.change, part, bench.folder).put(table.to_reader())
