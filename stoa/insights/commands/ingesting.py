"""`stoa insights ingest`: reads logs and tables into a warehouse."""

import json
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from stoa.insights.commands.places import new_warehouse_option
from stoa.insights.engine.reading.ingest import ingest as read_in
from stoa.insights.engine.reading.summary import Summary
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import AnotherWriter, Warehouse


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(exists=True, path_type=Path))
@new_warehouse_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def ingest(paths: tuple[Path, ...], warehouse: Path, as_json: bool) -> None:  # noqa: FBT001 -- click fills it in
    """Read logs and tables into a warehouse. Twice is the same as once; what was interrupted goes on.

    \b
    It knows, by their content, plain or in .gz, .zst and .zip, and in folders:
      tracking logs of Open edX, and Stoa's own
      tables of an edX data package: accounts, profiles, enrolments, certificates, scores, roles (.sql, TSV, CSV)
      person-course tables of HarvardX, MITx and edx2bigquery
      structures of courses: OLX exports, course_structure and blocks in JSON

    \b
    Examples:
      stoa insights ingest logs/
      stoa insights ingest --warehouse w package/ export.tar.gz --json

    Exit codes: 0 done, 1 failed, 2 wrong use.
    """
    began = time.perf_counter()
    house = Warehouse(warehouse)
    with _progress() as progress:
        task = progress.add_task("Reading", total=None)

        def tell(summary: Summary) -> None:
            speed = summary.events / max(time.perf_counter() - began, 1e-9)
            progress.update(task, description=f"{summary.events:,} events, {speed:,.0f} a second")

        try:
            with house.alone():
                summary = read_in(house, paths, now=time.time_ns() // 1000, tell=tell)
        except (AnotherWriter, WarehouseUnreadable) as reason:
            raise click.ClickException(str(reason)) from None
    click.echo(_as_json(summary) if as_json else _in_words(summary, time.perf_counter() - began))


def _progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _as_json(summary: Summary) -> str:
    shape = {
        "lines": summary.lines,
        "events": summary.events,
        "duplicates": summary.duplicates,
        "quarantined": dict(sorted(summary.quarantined.items())),
        "bytes": summary.bytes,
        "rows": summary.rows,
        "structures": summary.structures,
        "skipped": summary.skipped,
    }
    return json.dumps(shape, ensure_ascii=False, indent=2)


def _in_words(summary: Summary, seconds: float) -> str:
    speed = summary.events / max(seconds, 1e-9)
    words = [f"{summary.lines:,} lines: {summary.events:,} events, {summary.duplicates:,} that came before."]
    words += [f"{seconds:.1f} s, {speed:,.0f} events a second."]
    words += [f"{summary.rows:,} rows of tables, {summary.structures:,} structures of courses."] * bool(
        summary.rows or summary.structures
    )
    words += [f"  in quarantine: {count:,} {reason}" for reason, count in summary.quarantined.most_common()]
    words += [f"  skipped: {name} {reason}" for name, reason in summary.skipped.items()]
    return "\n".join(words)
