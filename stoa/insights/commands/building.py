"""`stoa insights build`: every table of a warehouse."""

from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from stoa.insights.engine.metrics.build import build as build_tables
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import AnotherWriter, Warehouse

_HELP = """Compute every table of a warehouse.

What was computed before is brought up to date; --full computes all of it anew. Both give the same tables, on either
engine. It may be stopped at any moment: tables change all together at the end, or not at all.

\b
Examples:
  stoa insights build
  stoa insights build --full
  stoa insights build --engine spark --master spark://host:7077

Exit codes: 0 built, 1 failed, 2 wrong use.
"""


@click.command(help=_HELP)
@click.option("--warehouse", type=click.Path(path_type=Path, file_okay=False), default="warehouse", show_default=True)
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--full", is_flag=True, help="Compute all of it anew.")
def build(*, warehouse: Path, engine: str, full: bool) -> None:
    """Build, and show how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    house = Warehouse(warehouse)
    try:
        with Progress(*columns) as progress, house.alone():
            task = progress.add_task("building", total=None)
            build_tables(
                house,
                engine=engine,
                full=full,
                tell=lambda part, done, of: progress.update(task, description=part, completed=done, total=of),
            )
    except (AnotherWriter, WarehouseUnreadable) as reason:
        raise click.ClickException(str(reason)) from None
    manifest = house.snapshot().manifest
    for part in manifest.parts:
        if part.startswith("tables/"):
            click.echo(f"{part.removeprefix('tables/'):<20} {manifest.rows(part):>12,} rows")
