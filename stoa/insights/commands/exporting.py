"""`stoa insights export`: take a table along."""

from pathlib import Path

import click

from stoa.insights.commands.places import warehouse_option
from stoa.insights.engine.metrics.export import Format, NoSuchTable, OfNoCourse
from stoa.insights.engine.metrics.export import export as write_table
from stoa.insights.engine.metrics.registry.tables import A_ROW
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import Warehouse

_TABLES = "\n".join(f"  {name:<18} {row}" for name, row in A_ROW.items())
_HELP = f"""Write a TABLE that `stoa insights build` made; - writes to standard output.

Times are microseconds since 1970 in UTC. Every column is defined in docs/insights-tables.md and on the method page.

\b
Tables, and what a row is about:
{_TABLES}

\b
Examples:
  stoa insights export person_course -o people.csv
  stoa insights export course --format json -o -
  stoa insights export person_course --course course-v1:Org+Course+Run -o people.parquet

Exit codes: 0 written, 1 no such table, none of courses, or nothing built yet, 2 wrong use.
"""


@click.command(help=_HELP)
@click.argument("table")
@warehouse_option
@click.option(
    "--format",
    "written_as",
    type=click.Choice([one.value for one in Format]),
    help="By default what the file's name says, or CSV.",
)
@click.option("-o", "--output", default="-", help="The file, - for standard output.", show_default=True)
@click.option("--course", "courses", multiple=True, metavar="ID", help="Of this course only; may be repeated.")
def export(*, table: str, warehouse: Path, written_as: str | None, output: str, courses: tuple[str, ...]) -> None:
    """Write it."""
    to = None if output == "-" else Path(output)
    named = to.suffix.removeprefix(".") if to else ""
    chosen = Format(written_as or (named if named in [*Format] else Format.CSV))
    try:
        write_table(Warehouse(warehouse).snapshot(), table, written_as=chosen, to=to, courses=courses)
    except (NoSuchTable, OfNoCourse, WarehouseUnreadable) as reason:
        raise click.ClickException(str(reason)) from None
