"""`stoa prepare`: everything that must be true before pages are served."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import click
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from stoa.cli.first_steps import take_first_steps
from stoa.cli.sites import bring_up_to_date


@click.command()
@click.option("--bare", is_flag=True, help="At the first start bring in no course and no demo learners.")
@click.pass_context
def prepare(ctx: click.Context, *, bare: bool) -> None:
    """Bring the database and the static files up to date; `stoa up` does this by itself.

    \b
    Example, before starting `stoa web` on the machines of a larger site:
      DATABASE_URL=postgresql://stoa@db/stoa stoa prepare --bare
    """
    data = Path(os.environ["STOA_DATA"])
    bring_up_to_date()
    collect_static_files(data)
    take_first_steps(ctx, data, bare=bare)


def collect_static_files(data: Path) -> None:
    """Copy, name by content and compress what pages load, where anything has changed."""
    stamp, now = data / "static.sha256", _static_stamp()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def _static_stamp() -> str:
    return hashlib.sha256("\n".join(sorted(_static_files())).encode()).hexdigest()


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list(None):
            facts = Path(storage.path(path)).stat()
            yield f"{path} {facts.st_size} {facts.st_mtime_ns}"
