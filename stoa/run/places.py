"""The data folder: everything that a site remembers lies in it."""

import contextlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

from stoa.run.failures import CannotStart

ENOUGH = 200 * 1024 * 1024


def default_data() -> Path:
    """STOA_DATA, or `stoa` in the user's data folder; for root, who serves everyone, in the system's."""
    if given := os.environ.get("STOA_DATA"):
        return Path(given)
    if given := os.environ.get("XDG_DATA_HOME"):
        return Path(given) / "stoa"
    if os.geteuid() == 0:
        return Path("/var/lib/stoa")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "stoa"
    return Path.home() / ".local" / "share" / "stoa"


def open_data(folder: Path) -> Path:
    """The data folder, made at the first start, or a clear refusal."""
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            # The database's account must pass through; what is private inside has its own mode.
            folder.chmod(folder.stat().st_mode | 0o011)
        # A name of its own: parts that start together look at the same moment.
        with tempfile.NamedTemporaryFile(prefix=".writable-", dir=folder) as probe:
            probe.write(b"yes")
    except OSError as reason:
        raise CannotStart(_why_closed(folder, reason)) from reason
    space = os.statvfs(folder)
    free = space.f_bavail * space.f_frsize
    if free < ENOUGH:
        raise CannotStart(
            f"Only {free // 1024**2} MB are free on the disk of {folder}; Stoa wants {ENOUGH // 1024**2} MB. "
            "Free some, or choose a folder on another disk with --data."
        )
    return folder.resolve()


def secret_in(data: Path) -> str:
    """The site's secret key: random, made once, readable by its owner only."""
    path = data / "secret"
    if not path.exists():
        # Whole before it has its name, so that a part starting beside this one never reads half of it.
        with tempfile.NamedTemporaryFile("w", prefix=".secret-", dir=data) as new:
            new.write(secrets.token_urlsafe(50) + "\n")
            new.flush()
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(new.name)
    return path.read_text().strip()


def _why_closed(folder: Path, reason: OSError) -> str:
    owner = os.geteuid()
    with contextlib.suppress(OSError):
        owner = folder.stat().st_uid
    whose = "" if owner == os.geteuid() else f" It belongs to user number {owner}."
    return (
        f"Stoa can't keep its data in {folder}: {reason.strerror}.{whose} "
        "Start as the folder's owner, make room on the disk, or choose another folder with --data."
    )
