"""`stoa insights release`: a person-course table that is safe to publish."""

import json
import sys
from pathlib import Path

import click

from stoa.insights.commands.places import warehouse_option
from stoa.insights.engine.releasing.release import SMALLEST_COUNTRY, NothingToRelease
from stoa.insights.engine.releasing.release import release as write_release
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import Warehouse

_HELP = """Write a person-course table that is safe to publish, with a report on how much that bends it.

FOLDER gets person_course.csv, aggregates.csv (exact counts), utility.json (mean, deviation, entropy and distance
of each column before and after) and README.md (how it was made).

\b
Examples:
  stoa insights release release/
  stoa insights release --warehouse w --k 10 --smallest-country 1000 release/

Exit codes: 0 written, 1 nothing that could be published, 2 wrong use.
"""


_folder = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command(help=_HELP)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@warehouse_option
@click.option("--k", type=click.IntRange(2, 1000), default=5, show_default=True, help="The smallest group to hide in.")
@click.option(
    "--smallest-country", type=click.IntRange(0), default=SMALLEST_COUNTRY, show_default=True, help="In rows."
)
@click.option("--json", "wants_json", is_flag=True, help="Print what was kept as JSON on standard output.")
def release(folder: Path, *, warehouse: Path, k: int, smallest_country: int, wants_json: bool) -> None:
    """Write it, say how much stayed."""
    try:
        told = write_release(Warehouse(warehouse).snapshot(), folder, k=k, smallest_country=smallest_country)
    except (NothingToRelease, WarehouseUnreadable) as reason:
        click.echo(f"stoa insights release: {reason}", err=True)
        sys.exit(1)
    if wants_json:
        click.echo(json.dumps(vars(told) | {"kept": told.kept}))
    else:
        click.echo(f"{told.records:,} of {told.of:,} registrations ({100 * told.kept:.1f} %) are in {folder}")
