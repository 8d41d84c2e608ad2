"""Archives: bounded, so that none of them grows beyond what it should, and every file inside cleaned."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from stoa.peer_review.rules.files.unreadable import Unreadable

MOST_ENTRIES = 2_000
MOST_BYTES = 200_000_000
EPOCH = (1980, 1, 1, 0, 0, 0)
_LOCKED = 0x1
BROKEN = "The file is cut off or damaged. Save it again."
Change = Callable[[str, bytes], bytes | None]
"""What becomes of an entry; None leaves it out."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The most entries, and the most bytes of all of them unpacked."""

    entries: int = MOST_ENTRIES
    unpacked: int = MOST_BYTES


def rewritten(data: bytes, change: Change, *, bounds: Bounds | None = None) -> bytes:
    """The archive with each entry changed, without dates, comments and extra fields.

    Raises Unreadable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            return _rewritten(source, change, bounds or Bounds())
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Unreadable(BROKEN) from error


def _rewritten(source: zipfile.ZipFile, change: Change, bounds: Bounds) -> bytes:
    entries = [entry for entry in source.infolist() if not entry.is_dir()]
    _check(entries, bounds)
    made, left = io.BytesIO(), bounds.unpacked
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in entries:
            content = _read(source, entry, left)
            left -= len(content)
            changed = change(entry.filename, content)
            if changed is None:
                continue
            info = zipfile.ZipInfo(entry.filename, EPOCH)
            info.compress_type = (
                entry.compress_type if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            )
            target.writestr(info, changed)
    return made.getvalue()


def _check(entries: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(entries) > bounds.entries or sum(entry.file_size for entry in entries) > bounds.unpacked:
        raise Unreadable("Unpacked it would be too large. Hand in the files themselves, or fewer of them.")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or any(not _is_inside(name) for name in names):
        raise Unreadable("It holds files that would land outside of its folder. Pack it again.")
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise Unreadable("It is locked with a password. Hand it in without one.")


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _read(source: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The entry, whatever size it claims to have."""
    with source.open(entry) as file:
        content = file.read(left + 1)
    if len(content) > left:
        raise Unreadable("Unpacked it would be too large. Hand in the files themselves, or fewer of them.")
    return content
