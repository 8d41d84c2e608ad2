"""The media store: files named by what is in them."""

import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

from stoa.authoring.queries.media import place_of

CHUNK = 1 << 20
AT_ONCE = 8
_unsettled: list[Path] = []


def keep_file(source: Path) -> tuple[str, int]:
    """Copy a file into the store, once however often it comes; its sha256 and size."""
    with source.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        size = file.tell()
        if not _is_kept(digest, size):
            file.seek(0)
            _write(digest, lambda target: _copy(file, target))
    return digest, size


def keep_bytes(content: bytes) -> tuple[str, int]:
    """Put bytes into the store; their sha256 and size."""
    digest = sha256(content).hexdigest()
    if not _is_kept(digest, len(content)):
        _write(digest, lambda target: target.write(content))
    return digest, len(content)


def settle() -> None:
    """Have the disk hold what this process wrote, before a row says that it is there."""
    places, folders = list(_unsettled), {place.parent for place in _unsettled}
    _unsettled.clear()
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        list(pool.map(_flush, [*places, *folders]))


def _is_kept(digest: str, size: int) -> bool:
    place = place_of(digest)
    return place.exists() and place.stat().st_size == size


def _write(digest: str, fill: Callable[[BinaryIO], object]) -> None:
    """Half-written files never have the name: a crash leaves only an unnamed one behind."""
    place = place_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    unnamed = place.with_name(f".{secrets.token_hex(8)}")
    try:
        with unnamed.open("xb") as target:
            fill(target)
        unnamed.replace(place)
        _unsettled.append(place)
    finally:
        unnamed.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    while chunk := source.read(CHUNK):
        target.write(chunk)


def _flush(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
