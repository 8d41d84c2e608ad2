"""How files of courses are sent: what type they say they are, and what a browser may do with them."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

SHOWN = {
    "aac": "audio/aac",
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "srt": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
}
"""Types that a browser shows without running anything."""

PICTURES = {"svg": "image/svg+xml"}
"""Shown inside a page as a picture, where scripts in them don't run; never opened as a page."""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How a file is sent."""

    media_type: str
    attachment: bool


def sending(name: str) -> Sending:
    """By its ending alone: what a file says of itself is not trusted."""
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending in SHOWN:
        return Sending(media_type=SHOWN[ending], attachment=False)
    return Sending(media_type=PICTURES.get(ending, "application/octet-stream"), attachment=True)


@dataclass(frozen=True, kw_only=True)
class Span:
    """The bytes from `start` up to, not including, `end`."""

    start: int
    end: int


class OutsideFile(Exception):
    """The range asked for lies outside the file."""


_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def span(header: str, size: int) -> Span | None:
    """The one range that a Range header asks for; None: send all of it.

    Raises OutsideFile.
    """
    found = _RANGE.fullmatch(header.replace(" ", ""))
    if not found or found[1] == found[2] == "":
        return None
    if found[1] == "":
        wanted = min(int(found[2]), size)
        if wanted == 0:
            raise OutsideFile
        return Span(start=size - wanted, end=size)
    start = int(found[1])
    end = min(int(found[2]) + 1, size) if found[2] else size
    if start >= size:
        raise OutsideFile
    return Span(start=start, end=end) if start < end else None


def address(sha256: str, name: str) -> str:
    """Where the file is served: the same content under the same name never changes."""
    return f"/media/{sha256}/{quote(name, safe='/')}"
