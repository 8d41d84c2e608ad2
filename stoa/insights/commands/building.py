"""`stoa insights build`: every table of a warehouse."""

import importlib
import json
import sys
import time
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from stoa.insights.commands.countries import ip_database_option
from stoa.insights.commands.places import warehouse_option
from stoa.insights.engine.metrics.build import advance, catch_up, is_behind
from stoa.insights.engine.metrics.build import build as build_tables
from stoa.insights.engine.metrics.checking import TablesBehind, differences
from stoa.insights.engine.metrics.engines import Starts
from stoa.insights.engine.reading.countries import note_countries
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import AnotherWriter, Warehouse

_HELP = """Compute every table of a warehouse.

What was computed before is brought up to date; --full computes all of it anew. Both give the same tables, on either
engine. It may be stopped at any moment: tables change all together at the end, or not at all.

\b
Examples:
  stoa insights build
  stoa insights build --full
  stoa insights build --check
  stoa insights build --json                                  how many rows each table has
  stoa insights build --ip-database GeoLite2-Country.mmdb     countries of addresses by this data
  stoa insights build --engine spark --master spark://host:7077

--check computes all of it beside the warehouse and says which tables differ from it, while others may write; a site
does so once a day, and computes them anew where one does.

Exit codes: 0 built, or no table differs; 1 failed; 2 wrong use; 3 a table differs.
"""
DIFFERS = 3
#: A site that takes events in has its tables up to them from time to time: so often a check looks, a second each.
_LOOKS = 120


@click.command(help=_HELP)
@warehouse_option
@ip_database_option
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--full", is_flag=True, help="Compute all of it anew.")
@click.option("--check", is_flag=True, help="Say which tables differ from what --full would compute; change nothing.")
@click.option("--master", help="Spark's master; this machine where none is named.  [example: spark://host:7077]")
@click.option("--json", "wants_json", is_flag=True, help="Print the tables and their rows as JSON on standard output.")
def build(*, warehouse: Path, engine: str, full: bool, check: bool, master: str | None, wants_json: bool) -> None:
    """Build, and show how far it is."""
    if check:
        sys.exit(_check(Warehouse(warehouse)))
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    house = Warehouse(warehouse)
    try:
        with Progress(*columns, console=Console(stderr=True)) as progress, house.alone():
            task = progress.add_task("building", total=None)

            def tell(part: str, done: int, of: int) -> None:
                progress.update(task, description=part, completed=done, total=of)

            if engine == "spark":
                build_tables(house, engine=_spark(master), tell=tell)
            elif full:
                build_tables(house, tell=tell)
            else:
                advance(house, tell=tell)
                catch_up(house, tell=tell)
            note_countries(house)
    except (AnotherWriter, WarehouseUnreadable) as reason:
        raise click.ClickException(str(reason)) from None
    made = _made(house)
    if wants_json:
        click.echo(json.dumps(made))
    else:
        click.echo("\n".join(f"{name:<20} {rows:>12,} rows" for name, rows in made.items()))


def _made(house: Warehouse) -> dict[str, int]:
    """The rows of each table."""
    manifest = house.snapshot().manifest
    return {part.removeprefix("tables/"): manifest.rows(part) for part in manifest.parts if part.startswith("tables/")}


def _check(house: Warehouse) -> int:
    """Say what differs; the exit code."""
    try:
        for _ in range(_LOOKS):
            if not is_behind((snapshot := house.snapshot()).manifest):
                break
            time.sleep(1)
        found = differences(snapshot)
    except (TablesBehind, WarehouseUnreadable) as reason:
        raise click.ClickException(str(reason)) from None
    for part, rows in found.items():
        click.echo(f"{part} differs in {rows:,} rows from what its events make: run stoa insights build --full.")
    if not found:
        click.echo("Every table holds what its events make.")
    return DIFFERS if found else 0


def _spark(master: str | None) -> Starts:
    try:
        # Spark is an extra, and nobody else's second of starting.
        engine = importlib.import_module("stoa.insights.engine.metrics.spark")
    except ImportError as reason:
        raise click.ClickException(
            f"Spark is not installed ({reason}): pip install stoa[spark], with Java 17."
        ) from None
    starts: Starts = partial(engine.spark, master=master or engine.LOCAL)
    return starts
