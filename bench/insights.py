"""Insights: how fast states and tables are made, how soon a batch is shown, how long a board of a million takes.

python -m bench.insights states [--events 1000000]
python -m bench.insights build [--events 1000000] [--engine duckdb|spark]
python -m bench.insights batch [--events 1000000]
python -m bench.insights boards [--registrants 1000000]

Times are of the processor where not said otherwise. Prints a line for people and one of JSON. Reading logs has a
benchmark of its own: `python -m bench.insights_ingest`.
"""

import argparse
import importlib
import json
import os
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.processes import cpu_of, family_of, pss
from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.demo.making import make
from stoa.insights.engine.metrics.build import advance, build
from stoa.insights.engine.metrics.engines import Starts
from stoa.insights.engine.metrics.expressions.person_course import FILE
from stoa.insights.engine.metrics.fast import states
from stoa.insights.engine.metrics.leaves import Remade, Shelf, places
from stoa.insights.engine.metrics.making import PERSON_COURSE
from stoa.insights.engine.metrics.views import rows_of
from stoa.insights.engine.metrics.workplace import workplace
from stoa.insights.engine.reading.ingest import Reader, ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.rules.dimensions import Choice, Dimension, View

NOW = 4_000_000_000_000_000
Figures = Mapping[str, str | int | float]
#: Pages of each kind, of which each is asked for once; keys are numbered.
_CHOICES: Mapping[str, Mapping[Dimension, str]] = {
    "nothing": {},
    "a country": {Dimension.COUNTRY: "C{}"},
    "a course": {Dimension.COURSE: "course-{}"},
    "a country and an area": {Dimension.COUNTRY: "C{}", Dimension.AREA: "A2"},
    "a course and a country": {Dimension.COURSE: "course-{}", Dimension.COUNTRY: "C1"},
}
_PAGES = 9
_INVENTED = """
    SELECT *, CASE WHEN certified THEN 'certified' WHEN explored THEN 'explored' WHEN viewed THEN 'viewed'
        ELSE 'registered' END AS status
    FROM (SELECT course, i::INTEGER AS learner, 'course-' || course AS course_id, 'org-' || (course % 5) AS org,
        'run-' || (course % 3) AS run, 'A' || (course % 11) AS area, 'p' || i AS username, i AS user_id,
        true AS registered,
        random() < 0.6 AS viewed, random() < 0.25 AS explored, random() < 0.08 AS certified,
        random() < 0.05 AS verified,
        CASE WHEN random() < 0.3 THEN 'certificate' WHEN random() < 0.5 THEN 'some' END AS intent,
        'C' || floor(190 * random() * random())::INTEGER AS country,
        CASE WHEN random() < 0.45 THEN 'f' WHEN random() < 0.9 THEN 'm' END AS gender,
        CASE WHEN random() < 0.9 THEN ['13-17', '18-24', '25-34', '35-44', '45-54', '55-64', '65+'][1 + (i % 7)] END
            AS age_band,
        CASE WHEN random() < 0.9 THEN ['school', 'bachelor', 'master', 'doctorate'][1 + (i % 4)] END AS education_group,
        1400000000000000 + (random() * 1e14)::BIGINT AS start_time, 1400000000000000 + (random() * 1e14)::BIGINT
            AS first_event, 1500000000000000 + (random() * 1e13)::BIGINT AS last_event,
        1500000000000000 + (random() * 1e13)::BIGINT AS cert_time, (random() * 4e10)::BIGINT AS sum_dt_30
    FROM (SELECT i, (i * 290 // $people)::INTEGER AS course FROM range($people) t(i)))
"""


def main() -> None:
    """Measure one of the four."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=["states", "build", "batch", "boards"])
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    asked.add_argument("--registrants", type=int, default=1_000_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="stoa-bench-") as name:
        folder = Path(name)
        found = {
            "states": lambda: stated(folder, given.events),
            "build": lambda: built(folder, given.events, given.engine),
            "batch": lambda: batched(folder, given.events),
            "boards": lambda: boards(folder, given.registrants),
        }[given.what]()
    print(
        ", ".join(
            f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}" for name, value in found.items()
        )
    )
    print(json.dumps(found))


def stated(folder: Path, events: int) -> Figures:
    """What registrations did, which person_course is made of: by numpy, from files of silver to columns in memory."""
    warehouse = filled(folder, events)
    snapshot = warehouse.snapshot()
    files = snapshot.files("silver")
    with duckdb.connect() as sql:
        sql.execute(f"SET threads = 1; CREATE VIEW silver AS {rows_of(files)}")
        used = statistics.median(processor(partial(states, sql, files)) for _ in range(5))
    rows = snapshot.manifest.rows("silver")
    return {
        "events": rows,
        "cpu_seconds": round(used, 2),
        "events_a_second_and_core": round(rows / used),
        "peak_mb": peak(),
    }


def built(folder: Path, events: int, engine: str) -> Figures:
    """All tables of a log, made anew."""
    warehouse = filled(folder, events)
    starts: Starts | None = None
    if engine == "spark":
        # Spark is an extra.
        spark = importlib.import_module("stoa.insights.engine.metrics.spark")
        starts = partial(spark.spark, master="local[2]")
    clock = time.perf_counter()
    with warehouse.alone(), watched() as seen:
        build(warehouse, engine=starts)
    seconds, rows = time.perf_counter() - clock, warehouse.snapshot().manifest.rows("silver")
    return {
        "engine": engine,
        "events": rows,
        "cpu_seconds": round(seen.cpu_seconds, 2),
        "seconds": round(seconds, 2),
        "events_a_second_and_core": round(rows / seen.cpu_seconds),
        "peak_mb": round(seen.peak_mb),
    }


@dataclass
class Seen:
    """What this process and all that it started have used: Spark is Java, in a process of its own."""

    cpu_seconds: float = 0.0
    peak_mb: float = 0.0


@contextmanager
def watched() -> Iterator[Seen]:
    """Look twice a second until the end of the block."""
    seen, over, before = Seen(), threading.Event(), cpu_of(os.getpid())

    def look() -> None:
        while not over.wait(0.5):
            used = 0.0
            for one in family_of(os.getpid()):
                # What has just ended tells nothing any more.
                with suppress(OSError):
                    used += pss([one])
            seen.peak_mb = max(seen.peak_mb, used)
            with suppress(OSError):
                seen.cpu_seconds = max(seen.cpu_seconds, cpu_of(os.getpid()) - before)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()
        seen.cpu_seconds = max(seen.cpu_seconds, cpu_of(os.getpid()) - before)


def batched(folder: Path, events: int) -> Figures:
    """A further 100,000 events, from log to tables, by the clock on the wall: as a site's follower, which goes on."""
    for name, size, seed in (("first", events, 1), ("more", 100_000, 99)):
        make(folder / name, events=size, seed=seed, tell=lambda _: None)
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        reader = Reader(warehouse)
        reader.read([folder / "first" / "logs"], now=NOW)
        with workplace() as place:
            advance(warehouse, at=place)
            began = time.perf_counter()
            reader.read([folder / "more" / "logs"], now=NOW)
            read = time.perf_counter()
            advance(warehouse, at=place)
            done = time.perf_counter()
    return {
        "events_before": events,
        "read_seconds": round(read - began, 2),
        "tables_seconds": round(done - read, 2),
        "seconds": round(done - began, 2),
    }


def boards(folder: Path, registrants: int) -> Figures:
    """Whole pages of the public: CPU of the first of a kind in a version of the data, and the median of nine others."""
    warehouse = Warehouse(folder.resolve())
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in FILE.items())
    with warehouse.alone(), warehouse.writing() as change, duckdb.connect() as sql:
        sql.execute("CREATE TEMP TABLE invented AS " + _INVENTED, {"people": registrants})
        union = f"SELECT {columns} WHERE false UNION ALL BY NAME SELECT * FROM invented"  # noqa: S608 -- of the schema
        Shelf(change, PERSON_COURSE.part, warehouse.folder).put(sql.sql(union).to_arrow_reader(65_536))
    began = time.perf_counter()
    opened = Opened(warehouse)
    data = opened.data()
    found: dict[str, str | int | float] = {
        "registrants": registrants,
        "opening_seconds": round(time.perf_counter() - began, 2),
    }
    for name, keys in _CHOICES.items():
        choices = [Choice(keys={of: (key.format(n),) for of, key in keys.items()}) for n in range(_PAGES + 1)]
        first, *taken = (processor(partial(overview, data, choice, View.PUBLIC)) for choice in choices)
        found[f"ms, {name} chosen, first"] = round(1000 * first)
        found[f"ms, {name} chosen"] = round(1000 * statistics.median(taken), 1)
        taken = []
        for number in range(5):
            _news(warehouse, number)
            taken.append(processor(partial(_asked, opened, choices[0])))
        found[f"ms, {name} chosen, the first after new data"] = round(1000 * statistics.median(taken), 1)
    return found | {"peak_mb": peak()}


def _asked(opened: Opened, choice: Choice) -> None:
    overview(opened.data(), choice, View.PUBLIC)


def _news(warehouse: Warehouse, number: int) -> None:
    """Let the registrations of a leaf have acted a little later."""
    with warehouse.alone(), warehouse.writing() as change:
        files = change.manifest.files(PERSON_COURSE.part)
        old = pq.read_table(warehouse.folder / files[number % len(files)].path)
        later = pc.add(old["last_event"], 1)
        rows = old.set_column(old.column_names.index("last_event"), "last_event", later)
        touched = places(old["course"].to_numpy(), old["learner"].to_numpy())
        Shelf(change, PERSON_COURSE.part, warehouse.folder).replace(Remade(touched=touched, rows=rows, by_course=False))


def filled(folder: Path, events: int) -> Warehouse:
    """A warehouse of so many events."""
    make(folder, events=events, seed=1, tell=lambda _: None)
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        ingest(warehouse, [folder / "logs"], now=NOW)
    return warehouse


def processor(work: Callable[[], object]) -> float:
    """Seconds of the processor that this and its children take."""
    before = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    work()
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) - before


def peak() -> int:
    """The most memory that was used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
