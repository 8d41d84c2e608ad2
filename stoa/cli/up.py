"""`stoa up`: the whole site with one command."""

import http.client
import os
import sys
from pathlib import Path

import click

from stoa.cli.marks import mark
from stoa.run import parts
from stoa.run.environment import site_environment
from stoa.run.errands import Errand
from stoa.run.locks import closed, holding
from stoa.run.places import open_data
from stoa.run.ports import held
from stoa.run.postgres.server import Server, cluster_in
from stoa.run.supervisor import Supervisor
from stoa.run.words import say

_ENDING = 5.0
"""Seconds that the processes of a site may need to end after their supervisor was killed."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at; 0.0.0.0 for everyone.")
@click.option("--port", default=8000, show_default=True, help="The port of the pages.")
@click.option("--live-port", type=int, help="The port of live updates.  [default: the next one]")
@click.option("--bare", is_flag=True, help="At the first start bring in no course and no demo learners.")
@click.pass_context
def up(ctx: click.Context, host: str, port: int, live_port: int | None, *, bare: bool) -> None:
    """Start Stoa: database, pages, live updates, jobs. Ctrl-C stops it.

    \b
    Examples:
      stoa up
      stoa --data /srv/stoa up --host 0.0.0.0 --port 80
      DATABASE_URL=postgresql://stoa@db/stoa stoa up
    """
    data = open_data(ctx.find_root().params["data"])
    door = parts.Door(host=host, port=port, live_port=live_port or port + 1)
    with holding(data, command="up", address=door.address) as left, held(door.ports, patience=_ENDING if left else 0.0):
        # Mails name the site's address: where we serve, unless the site is known by another name.
        here = {"STOA_URL": os.environ.get("STOA_URL") or door.address}
        supervisor = Supervisor(folder=parts.ROOT, environment=site_environment(data) | here)
        with supervisor.watching():
            # The pages are loaded while the database starts; a copy of what loaded them prepares the site.
            with closed(gate := data / "preparing"):
                supervisor.start(parts.web(door, after=gate), errand=(errand := Errand()))
                if "DATABASE_URL" not in os.environ:
                    supervisor.start_database(Server(cluster_in(data)))
                supervisor.finish(_command(data, "prepare", *(["--bare"] if bare else [])), errand=errand)
            supervisor.wait_until(lambda: _answers(host, port))
            supervisor.start(parts.live(door))
            supervisor.start(parts.worker(data))
            supervisor.start(parts.insights(data))
            say(f"Stoa is at {door.address} with its data in {data}. Ctrl-C stops it.")
            if not (bare or mark(data, "fill_with_people").exists()):
                supervisor.attend(_command(data, "people"))
            supervisor.run()


def _command(data: Path, name: str, *words: str) -> parts.Part:
    return parts.Part(name=name, command=(sys.executable, "-m", "stoa.cli", "--data", str(data), name, *words))


def _answers(host: str, port: int) -> bool:
    """True once a page comes back, whatever it says."""
    asking = http.client.HTTPConnection(parts.reached_at(host), port, timeout=10)
    try:
        asking.request("GET", "/", headers={"Host": "localhost"})
        asking.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        asking.close()
