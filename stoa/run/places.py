"""The data folder: everything that a site remembers lies in it."""

import os
import secrets
import sys
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
        (folder / ".writable").write_bytes(b"yes")
        (folder / ".writable").unlink()
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
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
    return path.read_text().strip()


def _why_closed(folder: Path, reason: OSError) -> str:
    owner = folder.stat().st_uid if folder.exists() and os.access(folder.parent, os.X_OK) else None
    whose = "" if owner in {None, os.geteuid()} else f" It belongs to user number {owner}."
    return (
        f"Stoa can't keep its data in {folder}: {reason.strerror}.{whose} "
        "Start as the folder's owner, make room on the disk, or choose another folder with --data."
    )
