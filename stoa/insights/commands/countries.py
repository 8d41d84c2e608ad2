"""Which data says in what country an address lies."""

from pathlib import Path

import click

from stoa.insights.engine.reading.countries import SETTING, CountriesUnreadable, use


def _taken(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    del ctx, parameter
    if path is None:
        return None
    try:
        use(path)
    except CountriesUnreadable as reason:
        advice = "Give a .mmdb file of countries, or CSV with first address, last address, country."
        raise click.BadParameter(f"{reason}. {advice}") from None
    return path


ip_database_option = click.option(
    "--ip-database",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar=SETTING,
    callback=_taken,
    expose_value=False,
    help="Countries of addresses: a .mmdb file, or CSV.  [default: the data that comes with Stoa]",
)
