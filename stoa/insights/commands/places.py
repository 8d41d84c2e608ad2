"""Where a warehouse lies."""

import os
from pathlib import Path

import click

from stoa.run.places import default_data


def default_warehouse() -> Path:
    """The warehouse of the site: `insights` in its data folder (`stoa --data DIR insights …`)."""
    context = click.get_current_context(silent=True)
    told = context.find_root().params.get("data") if context else None
    return Path(told or os.environ.get("STOA_DATA") or default_data()) / "insights"


warehouse_option = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    default=default_warehouse,
    show_default="insights/ in the site's data folder",
    help="The folder of Parquet files; it is made where it is missing.",
)
