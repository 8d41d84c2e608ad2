"""Insights at the size of the Four Years report: time, memory and bytes at growing sizes, and the line through them.

python -m bench.insights_scale [--events 2000000 20000000 200000000] [--logs 20000000] [--plot FILE.svg]

Up to `--logs` events the log is written and read in; larger warehouses are multiplied out of the largest that was: the
same courses, each with more learners who do the same. All tables are made at each size, in a process of its own, whose
memory is its own. The plot draws what was measured as dots and the line through them on to 2.3 billion events.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from bench.insights_plot import Line, plot
from stoa.insights.engine.demo.making import make
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Change, Snapshot, Warehouse

NOW = 4_000_000_000_000_000
FOUR_YEARS = 2_300_000_000
Figures = Mapping[str, float]


def main() -> None:
    """Measure each size, the smallest first."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, nargs="+", default=[2_000_000, 20_000_000, 200_000_000])
    asked.add_argument("--logs", type=int, default=20_000_000, help="up to here logs are written and read in")
    asked.add_argument("--plot", type=Path)
    asked.add_argument("--part", nargs=3, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.part:
        what, where, events = given.part
        print(json.dumps(_PARTS[what](Path(where), int(events))))
        return
    with tempfile.TemporaryDirectory(prefix="stoa-bench-", dir="/var/tmp") as name:
        found = measured(Path(name), sorted(given.events), given.logs)
    if given.plot:
        given.plot.write_text(plot(lines(found)))
    for size in found:
        print(", ".join(f"{name}: {value:,}" for name, value in size.items()))
    print(json.dumps({"sizes": found, "at_2.3_billion": projected(found)}))


def measured(folder: Path, sizes: Sequence[int], logs: int) -> Sequence[Figures]:
    """The figures of each size."""
    found, largest = [], folder / "none"
    for events in sizes:
        here = folder / str(events)
        told: dict[str, float] = {}
        if events <= logs:
            told |= _alone("read", here, events)
            largest = here
        else:
            told |= _alone("multiply", _copied(largest, here), events)
        told |= _alone("build", here, events)
        found.append(told)
        if here != largest:
            shutil.rmtree(here)
        print(json.dumps(told), file=sys.stderr, flush=True)
    return found


def read(folder: Path, events: int) -> Figures:
    """Write a log and take it in."""
    make(folder / "made", events=events, seed=1, tell=lambda _: None)
    began, used = time.perf_counter(), time.process_time()
    warehouse = Warehouse(folder)
    with warehouse.alone():
        summary = ingest(warehouse, [folder / "made" / "logs"], now=NOW)
    told = {
        "events": summary.events,
        "read_seconds": round(time.perf_counter() - began, 1),
        "read_cpu_seconds": round(time.process_time() - used, 1),
        "read_peak_mb": _peak(),
        "bronze_bytes_an_event": round(_bytes(warehouse.snapshot(), "bronze") / summary.events, 1),
    }
    shutil.rmtree(folder / "made")
    return told


def multiply(folder: Path, events: int) -> Figures:
    """Let there be so many times the learners that there are so many events."""
    warehouse = Warehouse(folder)
    before = warehouse.snapshot()
    times = max(1, round(events / before.manifest.rows("silver")))
    with duckdb.connect() as sql, warehouse.alone(), warehouse.writing() as change:
        sql.execute("SET preserve_insertion_order = false")
        learners = _one(sql, before, "dictionaries/learners", "max(id) + 1")
        lines = _one(sql, before, "silver", "max(seq) + 1")
        for turn in range(1, times):
            for part, files in before.manifest.parts.items():
                if part in _MULTIPLIED or part.startswith("statements/"):
                    for kept in files:
                        _again(
                            sql, change, before, part=part, path=kept.path, learners=turn * learners, seq=turn * lines
                        )
    return {"events": warehouse.snapshot().manifest.rows("silver")}


_MULTIPLIED = {"silver", "dictionaries/learners"}


def _again(
    sql: duckdb.DuckDBPyConnection, change: Change, before: Snapshot, *, part: str, path: str, learners: int, seq: int
) -> None:
    """One file once more, about other learners."""
    source = before.folder / path
    named = [str(row[0]) for row in sql.execute(f"DESCRIBE FROM read_parquet('{source}')").fetchall()]
    moved = {
        "learner": f"CASE WHEN learner < 0 THEN learner ELSE (learner + {learners})::INTEGER END",
        "seq": f"seq + {seq}",
    }
    if part == "dictionaries/learners":
        moved = {
            "id": f"(id + {learners})::INTEGER",
            "name": f"name || '-{learners}'",
            "user_id": f"user_id + {learners}",
        }
    elif "learner" not in named:
        return
    replaced = ", ".join(f"{as_} AS {name}" for name, as_ in moved.items() if name in named)
    new = change.new_file(part)
    rows = sql.execute(
        f"COPY (SELECT * REPLACE ({replaced}) FROM read_parquet('{source}')) TO '{new}' "  # noqa: S608 -- of this file
        "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V1)"
    ).fetchall()
    change.add(part, new, rows=int(rows[0][0]), notes=_notes(before, part, path))


def _notes(before: Snapshot, part: str, path: str) -> Mapping[str, str | int]:
    return next(kept.notes for kept in before.manifest.files(part) if kept.path == path)


def built(folder: Path, events: int) -> Figures:
    """Make all tables."""
    del events
    warehouse = Warehouse(folder)
    began, used = time.perf_counter(), time.process_time()
    with warehouse.alone():
        build(warehouse)
    snapshot = warehouse.snapshot()
    rows = snapshot.manifest.rows("silver")
    return {
        "build_seconds": round(time.perf_counter() - began, 1),
        "build_cpu_seconds": round(time.process_time() - used, 1),
        "build_events_a_second_and_core": round(rows / (time.process_time() - used)),
        "build_peak_mb": _peak(),
        "silver_bytes_an_event": round(_bytes(snapshot, "silver") / rows, 2),
        "registrations": snapshot.manifest.rows("tables/person_course"),
    }


_PARTS = {"read": read, "multiply": multiply, "build": built}


def lines(found: Sequence[Figures]) -> list[Line]:
    """What the plot shows."""
    read_in = [(size["events"], size["read_seconds"]) for size in found if "read_seconds" in size]
    made = [(size["events"], size["build_seconds"]) for size in found]
    silver = [(size["events"], size["silver_bytes_an_event"] * size["events"] / 1e9) for size in found]
    return [
        Line(name="log to Parquet, s", points=read_in),
        Line(name="all tables, s", points=made),
        Line(name="silver, GB", points=silver),
    ]


def projected(found: Sequence[Figures]) -> Mapping[str, float]:
    """Each line at the size of the Four Years report: from the largest size on, in proportion."""
    return {
        line.name: round(line.points[-1][1] * FOUR_YEARS / line.points[-1][0], 1)
        for line in lines(found)
        if line.points
    }


def _alone(what: str, folder: Path, events: int) -> Figures:
    """One part in a process of its own."""
    command = [sys.executable, "-m", "bench.insights_scale", "--part", what, str(folder), str(events)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    told: Figures = json.loads(ended.stdout.splitlines()[-1])
    return told


def _copied(source: Path, to: Path) -> Path:
    """The same warehouse in another folder, its files shared."""
    shutil.copytree(source, to, copy_function=_linked)
    return to


def _linked(source: str, to: str) -> str:
    # The manifest and the ledger are written anew, never in place; Parquet files are never changed.
    Path(to).hardlink_to(source)
    return to


def _one(sql: duckdb.DuckDBPyConnection, snapshot: Snapshot, part: str, what: str) -> int:
    rows = sql.execute(f"SELECT {what} FROM read_parquet(?)", [snapshot.files(part)]).fetchall()  # noqa: S608 -- of this file
    return int(rows[0][0])


def _bytes(snapshot: Snapshot, part: str) -> int:
    return sum((snapshot.folder / kept.path).stat().st_size for kept in snapshot.manifest.files(part))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
