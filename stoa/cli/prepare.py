"""`stoa prepare`: everything that must be true before pages are served."""

import click


@click.command()
def prepare() -> None:
    """Bring the database up to date; `stoa up` does this by itself."""
    click.echo("The database is up to date.", err=True)
