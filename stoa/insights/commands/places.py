"""Where a warehouse lies."""

import os
from pathlib import Path

import click

from stoa.insights.engine.warehouse.manifest import NAME as MANIFEST
from stoa.insights.engine.warehouse.warehouse import LOCK
from stoa.run.places import default_data


def default_warehouse() -> Path:
    """The warehouse of the site: `insights` in its data folder (`stoa --data DIR insights …`)."""
    context = click.get_current_context(silent=True)
    told = context.find_root().params.get("data") if context else None
    return Path(told or os.environ.get("STOA_DATA") or default_data()) / "insights"


def _there(context: click.Context, parameter: click.Parameter, folder: Path) -> Path:
    """Refuse a folder into which nobody ever read a log: most often its name was mistyped."""
    del context, parameter
    if not any((folder / name).exists() for name in (LOCK, MANIFEST)):
        raise click.ClickException(
            f"There is no warehouse in {folder}. `stoa insights ingest --warehouse {folder} LOGS` makes one."
        )
    return folder


_KIND = click.Path(path_type=Path, file_okay=False)
_DEFAULT = "insights/ in the site's data folder"
warehouse_option = click.option(
    "--warehouse",
    type=_KIND,
    default=default_warehouse,
    show_default=_DEFAULT,
    callback=_there,
    help="The folder of Parquet files that `stoa insights ingest` made.",
)
new_warehouse_option = click.option(
    "--warehouse",
    type=_KIND,
    default=default_warehouse,
    show_default=_DEFAULT,
    help="The folder of Parquet files; it is made where it is missing.",
)
