"""`stoa insights follow`: waits, light, until events or questions come; then starts who reads and answers."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import click

from stoa.insights.engine.asking.door import door_at, listening
from stoa.insights.engine.baseline.education import BaselineUnreadable, baseline
from stoa.insights.engine.following.spool import Watch

_HELP = """Follow a site's event spool and answer its pages; `stoa up` calls it.

It is the one writer of the warehouse in DATA/insights. While nothing happens it needs a few megabytes: the engine is
started for work, and ends after two idle minutes.

\b
Examples:
  stoa --data /srv/stoa insights follow
  STOA_INSIGHTS_URL=tcp://10.0.0.5:7700 stoa insights follow    for pages on other machines

Exit codes: 0 stopped, 1 failed, 2 wrong use.
"""
_LOOK_EVERY = 0.25
_COUNTRIES = "STOA_IP_DATABASE"
#: An engine that ends by itself so soon after its start has failed; it is not started again at once.
_TOO_SOON, _PAUSE = 5.0, 3.0


@click.command(help=_HELP)
@click.option(
    "--at", "url", default="", envvar="STOA_INSIGHTS_URL", help="Where to answer: unix:///… or tcp://host:port"
)
@click.option(
    "--ip-database",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar=_COUNTRIES,
    help="Countries of addresses: a .mmdb file, or CSV.  [default: the data that comes with Stoa]",
)
@click.pass_context
def follow(ctx: click.Context, url: str, ip_database: Path | None) -> None:
    """Wait, and start the engine when it is needed."""
    if ip_database:
        os.environ[_COUNTRIES] = str(ip_database.resolve())
    try:
        baseline()
    except BaselineUnreadable as reason:
        raise click.ClickException(str(reason)) from None
    data: Path = ctx.find_root().params["data"]
    stopped: list[int] = []
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda number, _: stopped.append(number))
    with listening(door_at(url, data=data)) as taking:
        _wait(data, taking, stopped)


def _wait(data: Path, taking: socket.socket, stopped: list[int]) -> None:
    watch, engine, began = Watch(data / "spool"), None, 0.0
    while not stopped:
        if engine is not None and engine.poll() is not None:
            watch.grown()
            if engine.returncode and time.monotonic() - began < _TOO_SOON:
                time.sleep(_PAUSE)
            engine = None
        asked = engine is None and bool(select.select([taking], [], [], _LOOK_EVERY)[0])
        if engine is None and (asked or watch.grown()):
            engine, began = _engine(data, taking), time.monotonic()
        if engine is not None:
            with suppress(subprocess.TimeoutExpired):
                engine.wait(timeout=_LOOK_EVERY)
    if engine is not None:
        engine.terminate()
        engine.wait()


def _engine(data: Path, taking: socket.socket) -> subprocess.Popen[bytes]:
    number = taking.fileno()
    command = (sys.executable, "-m", "stoa.cli", "--data", str(data), "insights", "work", str(number))
    # One arena and no spare threads: this engine shares its machine with the site.
    leaner = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(command, pass_fds=(number,), env=os.environ | leaner)  # noqa: S603 -- our own command
