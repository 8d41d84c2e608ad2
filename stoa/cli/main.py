"""The command line's entrance."""

import errno
import sys
from pathlib import Path
from typing import Final

import click

from stoa import __version__
from stoa.cli.lazy import CODES, LazyGroup
from stoa.run.failures import CannotStart
from stoa.run.places import default_data

FAILED, CANNOT_START = 1, 3
_WRITE = "Choose another place, or let who runs this read and write there"
_ROOM = "Free some, and run it again"
#: What a machine may refuse to any command, and what helps.
_HELPS: Final = {
    errno.EACCES: _WRITE,
    errno.EPERM: _WRITE,
    errno.EROFS: _WRITE,
    errno.ENOTDIR: _WRITE,
    errno.EISDIR: _WRITE,
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
}

_HELP = f"""Stoa, the open-source platform for MOOCs.

\b
Examples:
  stoa up                        start everything, and say where to look
  stoa import my-course/         bring in a course from a Markdown folder
  stoa import export.tar.gz      bring in an Open edX course
  stoa --data /srv/stoa courses  list the courses of the site in /srv/stoa

{CODES}
"""


@click.group(cls=LazyGroup, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=default_data,
    show_default="your data folder",
    help="The folder that holds all of this site's data.",
)
@click.version_option(__version__, prog_name="stoa")
def stoa(data: Path) -> None:
    """Every command of every room."""
    del data


def main() -> None:
    """Run the command; what goes wrong at the start, or is refused by the machine, is said in words."""
    try:
        stoa(prog_name="stoa")
    except CannotStart as reason:
        click.echo(f"stoa: {reason}", err=True)
        sys.exit(CANNOT_START)
    except OSError as reason:
        if reason.errno not in _HELPS:
            raise
        where = f": {reason.filename}" if reason.filename else ""
        click.echo(f"stoa: {reason.strerror}{where}. {_HELPS[reason.errno]}.", err=True)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
