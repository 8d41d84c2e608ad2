"""How fast logs come into a warehouse: events a second and core, memory, bytes an event.

python -m bench.insights_ingest [--events 1000000] [--logs FOLDER]

Without --logs it makes a log of invented learners first. The time is that of the processor, all threads together, from
compressed log to committed Parquet; start-up and imports are left out.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from stoa.insights.engine.demo.making import make
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse

NOW = 4_000_000_000_000_000


def main() -> None:
    """Print one line for people and one of JSON."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--logs", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="stoa-bench-") as name:
        folder = Path(name)
        if given.logs is None:
            make(folder, events=given.events, seed=1, tell=lambda *_: None)
        found = figures(given.logs or folder / "logs", folder)
    print(
        f"{found['events']:,} events: {found['events_a_second_and_core']:,} a second and core "
        f"({found['bytes_of_log_an_event']} bytes of log an event), {found['peak_mb']} MB, "
        f"silver {found['silver_bytes_an_event']} and bronze {found['bronze_bytes_an_event']} bytes an event"
    )
    print(json.dumps(found))


def figures(logs: Path, folder: Path) -> dict[str, float]:
    """Take the logs in once."""
    warm, warehouse = Warehouse(folder / "warm"), Warehouse(folder / "warehouse")
    with warm.alone():  # Whatever is loaded on first use is loaded.
        ingest(warm, sorted(logs.iterdir())[:1], now=NOW)
    began, processor = time.perf_counter(), time.process_time()
    with warehouse.alone():
        summary = ingest(warehouse, [logs], now=NOW)
    processor, wall = time.process_time() - processor, time.perf_counter() - began
    sizes = {part: bytes_of(warehouse, part) / max(1, summary.events) for part in ("silver", "bronze")}
    return {
        "events": summary.events,
        "events_a_second_and_core": round(summary.events / processor),
        "events_a_second": round(summary.events / wall),
        "bytes_of_log_an_event": round(summary.bytes / max(1, summary.events)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "silver_bytes_an_event": round(sizes["silver"], 1),
        "bronze_bytes_an_event": round(sizes["bronze"], 1),
    }


def bytes_of(warehouse: Warehouse, part: str) -> int:
    """The bytes of a part."""
    return sum((warehouse.folder / kept.path).stat().st_size for kept in warehouse.snapshot().manifest.files(part))


if __name__ == "__main__":
    main()
