"""JPEG pictures without place, camera, names and embedded previews; only which way is up is kept."""

import struct
from collections.abc import Iterator

from stoa.peer_review.rules.files.images import MOST_PIXELS
from stoa.peer_review.rules.files.unreadable import Unreadable

MARK, SOI, EOI, SOS = 0xFF, 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_ALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ORIENTATION = 0x0112
_UPRIGHT = 1
_WAYS = range(2, 9)
BROKEN = "The picture is cut off or damaged. Save it again as JPEG."


def jpeg(data: bytes) -> bytes:
    """A JPEG of nothing but its picture; what comes after its end is dropped.

    Raises Unreadable.
    """
    try:
        return b"".join(_pieces(data))
    except (IndexError, struct.error) as error:
        raise Unreadable(BROKEN) from error


def _pieces(data: bytes) -> Iterator[bytes]:
    if data[:2] != bytes([MARK, SOI]):
        raise Unreadable(BROKEN)
    yield data[:2]
    place, marker = 2, SOI
    while marker != EOI:
        place, marker = _marker(data, place)
        if marker == EOI or marker in _ALONE:
            yield bytes([MARK, marker])
            continue
        segment = _segment(data, place)
        place += len(segment)
        yield _kept(marker, segment)
        if marker == SOS:
            end = _end_of_scan(data, place)
            yield data[place:end]
            place = end


def _segment(data: bytes, place: int) -> bytes:
    (length,) = struct.unpack_from(">H", data, place)
    segment = data[place : place + length]
    if len(segment) < max(length, 2):
        raise Unreadable(BROKEN)
    return segment


def _kept(marker: int, segment: bytes) -> bytes:
    """What stays of a segment: all of it, which way is up, or nothing."""
    if marker == _APP1:
        way = _way_up(segment)
        return _only_way_up(way) if way in _WAYS else b""
    return bytes([MARK, marker]) + segment if _is_kept(marker, segment) else b""


def _marker(data: bytes, place: int) -> tuple[int, int]:
    """Where the segment after the next marker begins, and the marker."""
    if data[place] != MARK:
        raise Unreadable(BROKEN)
    while data[place] == MARK:
        place += 1
    return place + 1, data[place]


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker in _FRAMES:
        height, width = struct.unpack_from(">HH", segment, 3)
        if width * height > MOST_PIXELS:
            raise Unreadable("The picture has too many points. Make it smaller than 10,000 by 10,000.")
        return True
    if marker == _APP2:
        return segment[2:14] == b"ICC_PROFILE\0"
    if _APP0 <= marker <= _APP15:
        return marker in {_APP0, _APP14} and segment[2:6] in {b"JFIF", b"Adob"}
    return marker != _COMMENT


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the next marker that is no part of the picture's data stands."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0:
            raise Unreadable(BROKEN)
        follows = data[place + 1]
        if follows and follows not in _ALONE and follows != MARK:
            return place
        place += 1 if follows == MARK else 2


def _way_up(segment: bytes) -> int:
    """Which way is up, as the camera noted it; upright where it noted nothing that can be read."""
    tiff = segment[8:]
    if segment[2:8] != b"Exif\0\0" or tiff[:2] not in {b"II", b"MM"}:
        return _UPRIGHT
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return _UPRIGHT
    return _UPRIGHT


def _only_way_up(way: int) -> bytes:
    """An EXIF segment that says which way is up, and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, way, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    body = b"Exif\0\0" + tiff
    return bytes([MARK, _APP1]) + struct.pack(">H", len(body) + 2) + body
