"""`stoa insights forget`: makes learners unknown in a warehouse."""

import json
import sys
from pathlib import Path

import click

from stoa.insights.commands.places import warehouse_option
from stoa.insights.engine.warehouse.forgetting import forget as forget_them
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import AnotherWriter, Warehouse


@click.command()
@click.argument("usernames", nargs=-1, required=True, metavar="USERNAME…")
@warehouse_option
@click.option("--json", "wants_json", is_flag=True, help="Print who was forgotten, and who is unknown, as JSON.")
def forget(*, usernames: tuple[str, ...], warehouse: Path, wants_json: bool) -> None:
    """Forget learners: their names become pseudonyms, addresses, devices and profiles go; the counts stay.

    A site forgets by itself whoever deletes their account. Figures about countries, ages and the like change with the
    next build. Files that held the names are removed within minutes, by the next reading of a log.

    \b
    Example:
      stoa insights forget ada
      stoa insights forget ada bo --warehouse w --json

    Exit codes: 0 done, 1 failed or nobody of that name, 2 wrong use.
    """
    house = Warehouse(warehouse)
    try:
        with house.alone():
            known = forget_them(house, usernames)
    except (AnotherWriter, WarehouseUnreadable) as reason:
        raise click.ClickException(str(reason)) from None
    unknown = sorted(set(usernames) - set(known))
    if wants_json:
        click.echo(json.dumps({"forgotten": sorted(known), "unknown": unknown}))
    else:
        click.echo(f"Forgotten: {len(known)}.")
    if unknown:
        click.echo(f"stoa insights forget: nobody here is called {', '.join(unknown)}.", err=True)
        sys.exit(1)
