"""The event spool: append-only files of JSON lines, one file a process and hour."""

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

_lock = threading.Lock()
_open: tuple[Path, int] | None = None


def folder() -> Path:
    """Where the spool lies: STOA_DATA/spool."""
    return Path(os.environ["STOA_DATA"]) / "spool"


def append(line: bytes) -> None:
    """Add one line with one write, so that lines of many threads never mix.

    Raises OSError when the disk is full or the folder can't be written.
    """
    now = datetime.now(UTC)
    path = folder() / f"{now:%Y-%m-%d}" / f"{now:%H}-{os.getpid()}.log"
    with _lock:
        os.write(_descriptor(path), line)


def _descriptor(path: Path) -> int:
    global _open  # noqa: PLW0603 -- one open file a process is the point
    if _open and _open[0] == path:
        return _open[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    if _open:
        os.close(_open[1])
    _open = (path, descriptor)
    return descriptor
