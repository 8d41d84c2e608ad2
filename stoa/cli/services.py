"""`stoa web` and `stoa live`: one service each, for sites of many machines."""

import os

import click

from stoa.run import parts
from stoa.run.environment import site_environment
from stoa.run.parts import Part
from stoa.run.places import open_data
from stoa.run.ports import Port, held


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--port", default=8000, show_default=True, help="The port to serve at.")
@click.option("--workers", default=parts.WORKERS, show_default=True, help="How many processes.")
@click.option("--threads", default=parts.THREADS, show_default=True, help="How many threads in each.")
@click.pass_context
def web(ctx: click.Context, host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages only: run as many as you like against one database.

    \b
    Example:
      DATABASE_URL=postgresql://stoa@db/stoa stoa web --host 0.0.0.0 --workers 8
    """
    door = parts.Door(host=host, port=port, live_port=port + 1)
    _become(ctx, parts.web(door, workers=workers, threads=threads), host=host, port=port)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--port", default=8001, show_default=True, help="The port to serve at.")
@click.option("--listeners", default=12_000, show_default=True, help="How many may listen at once.")
@click.pass_context
def live(ctx: click.Context, host: str, port: int, listeners: int) -> None:
    """Serve live updates only.

    \b
    Example:
      DATABASE_URL=postgresql://stoa@db/stoa stoa live --host 0.0.0.0
    """
    door = parts.Door(host=host, port=port, live_port=port)
    _become(ctx, parts.live(door, listeners=listeners), host=host, port=port)


def _become(ctx: click.Context, part: Part, *, host: str, port: int) -> None:
    """Turn into the service, so that signals reach it directly; it goes on holding the port."""
    data = open_data(ctx.find_root().params["data"])
    os.environ.update({**site_environment(data), **part.variables})
    with held([Port(host=host, number=port, option="--port")], inherited=True):
        os.execv(part.command[0], part.command)  # noqa: S606 -- our own command
