"""The store of files handed in: named by their content, on the disk before any row says that they are there."""

import os
import secrets
from hashlib import sha256

from stoa.peer_review.models import SubmittedFile
from stoa.peer_review.queries.files import bytes_at


def keep_bytes(content: bytes) -> str:
    """Put the content into the store, once however often it comes; its sha256."""
    digest = sha256(content).hexdigest()
    place = bytes_at(digest)
    if place.exists() and place.stat().st_size == len(content):
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    unnamed = place.with_name(f".{secrets.token_hex(8)}")
    try:
        # A crash leaves only an unnamed file behind.
        with unnamed.open("xb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        unnamed.replace(place)
    finally:
        unnamed.unlink(missing_ok=True)
    _settle(place.parent)
    return digest


def forget_bytes(digest: str) -> None:
    """Delete the content where no row names it any more."""
    if not SubmittedFile.objects.filter(sha256=digest).exists():
        bytes_at(digest).unlink(missing_ok=True)


def _settle(folder: os.PathLike[str]) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
