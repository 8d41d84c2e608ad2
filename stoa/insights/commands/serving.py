"""`stoa insights serve`: the dashboards of a warehouse, with no other part of Stoa set up."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import click

from stoa.insights.commands.places import warehouse_option
from stoa.insights.engine.baseline import education
from stoa.insights.engine.baseline.education import SETTING, BaselineUnreadable
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import Warehouse

_HELP = """Show the dashboards of a warehouse: no database, no accounts, no courses are needed.

Figures about fewer than ten people are hidden. --exact shows them all, to this machine only.

\b
Examples:
  stoa insights ingest --warehouse w logs/ && stoa insights build --warehouse w
  stoa insights serve --warehouse w
  stoa insights serve --warehouse w --exact --port 9000
  stoa insights serve --warehouse w --baseline adults.csv      lines: US,37.5,2020,Name of the source

Exit codes: 0 stopped by Ctrl-C, 1 failed, 2 wrong use.
"""


@click.command(help=_HELP)
@warehouse_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to be reached.")
@click.option("--port", type=click.IntRange(1, 65535), default=8002, show_default=True)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="How many adults of each country have a degree: CSV, instead of what comes with Stoa.",
)
@click.option("--exact", is_flag=True, help="Show small groups too; on this machine only.")
def serve(*, warehouse: Path, host: str, port: int, baseline: Path | None, exact: bool) -> None:
    """Start both parts, stop both."""
    if exact and not _loopback(host):
        raise click.UsageError("--exact figures are for this machine only: leave --host out.")
    if baseline:
        os.environ[SETTING] = str(baseline.resolve())
    try:
        snapshot = Warehouse(warehouse).snapshot()
        education.baseline()
    except (WarehouseUnreadable, BaselineUnreadable) as reason:
        raise click.ClickException(str(reason)) from None
    if not snapshot.files("tables/person_course"):
        raise click.ClickException(f"{warehouse} has no tables yet: run `stoa insights build --warehouse {warehouse}`.")
    with tempfile.TemporaryDirectory(prefix="stoa-insights-") as scratch:
        _serve(warehouse, host, port, Path(scratch), exact=exact)


def _serve(warehouse: Path, host: str, port: int, scratch: Path, *, exact: bool) -> None:
    (scratch / "static").mkdir()  # where a site keeps the files of its pages; here they are served as they lie
    told = {
        "STOA_DATA": str(scratch),
        "STOA_SECRET_KEY": secrets.token_urlsafe(40),
        "STOA_INSIGHTS_EXACT": str(int(exact)),
        "STOA_HOSTS": f"{host} localhost 127.0.0.1 [::1]",
        "DJANGO_SETTINGS_MODULE": "config.standalone",
    }
    environment = os.environ | told
    environment.pop("STOA_INSIGHTS_URL", None)
    answering = [
        sys.executable,
        "-m",
        "stoa.cli",
        "--data",
        str(scratch),
        "insights",
        "answer",
        str(warehouse.resolve()),
    ]
    pages = [sys.executable, "-m", "granian", "--interface=wsgi", f"--host={host}", f"--port={port}", "--workers=1"]
    pages += ["--blocking-threads=4", "--log-level=warning", "--no-access-log", "config.standalone_wsgi:application"]
    parts = [subprocess.Popen(command, env=environment) for command in (answering, pages)]  # noqa: S603 -- our own
    click.echo(f"Insights is at http://{'localhost' if _loopback(host) else host}:{port}/insights/ — Ctrl-C stops it")
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    try:
        with suppress(KeyboardInterrupt):
            while all(part.poll() is None for part in parts):
                with suppress(subprocess.TimeoutExpired):
                    parts[1].wait(timeout=0.5)
    finally:
        failed = any(part.poll() not in {None, 0, -signal.SIGINT} for part in parts)
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait()
    if failed:
        raise click.ClickException("A part stopped by itself; what it said stands above.")


def _loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
