"""Cleaning a file in a process of its own, which a clock kills."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import Final

import stoa
from stoa.peer_review.rules.files import Family, Unreadable

log = logging.getLogger(__name__)

SECONDS: Final = 30.0
_REFUSED: Final = 3
_CODE: Final = str(Path(stoa.__file__).resolve().parent.parent)


def clean(family: Family, content: bytes) -> bytes:
    """The file without what it says of its author.

    Raises Unreadable; also where it takes too long or too much memory, as files made for that do.
    """
    if family is Family.OTHER:
        return content
    try:
        child = subprocess.run(  # noqa: S603 -- our own interpreter, our own module
            [sys.executable, "-m", "stoa.peer_review.rules.files", family.value],
            input=content,
            # It gets no settings and no secrets: only where our code is.
            env={"PYTHONPATH": _CODE},
            cwd="/",
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("It takes too long to open. Save it again in a simpler form.") from error
    if child.returncode == _REFUSED:
        raise Unreadable(child.stdout.decode())
    if child.returncode:
        log.warning("A file handed in (%s) could not be cleaned: %s", family, child.stderr.decode()[-400:])
        raise Unreadable("It can't be opened. Save it again, or in another form.")
    return child.stdout
