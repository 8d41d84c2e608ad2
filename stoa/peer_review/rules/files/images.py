"""Pictures, without what a camera or a program wrote about who made them, where and when."""

import struct
import zlib
from collections.abc import Iterator

from stoa.peer_review.rules.files.unreadable import Unreadable

MOST_PIXELS = 100_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT"}
    | {b"acTL", b"fcTL", b"fdAT"}
)
_WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS = 0x08 | 0x04
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF


def png(data: bytes) -> bytes:
    """A PNG of nothing but its picture.

    Raises Unreadable.
    """
    if not data.startswith(_PNG):
        raise Unreadable("It is no PNG picture. Save it again as PNG.")
    kept, place = [_PNG], len(_PNG)
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        name, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data) or zlib.crc32(data[place + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            break
        if name == b"IHDR":
            _bounded(*struct.unpack_from(">II", data, place + 8))
        if name in _PNG_KEPT:
            kept.append(data[place:end])
        if name == b"IEND":
            # What comes after the end is no picture.
            return b"".join(kept)
        place = end
    raise Unreadable("The picture is cut off or damaged. Save it again as PNG.")


def gif(data: bytes) -> bytes:
    """A GIF without comments and foreign blocks; loops are kept.

    Raises Unreadable.
    """
    try:
        _bounded(*struct.unpack_from("<HH", data, 6))
        return b"".join(_gif_blocks(data))
    except (IndexError, struct.error) as error:
        raise Unreadable("The picture is cut off or damaged. Save it again as GIF or PNG.") from error


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    place = 13 + _table(data[10])
    yield data[:place]
    while data[place] != _TRAILER:
        start = place
        if data[place] == _IMAGE:
            place = _gif_end(data, place + 10 + _table(data[place + 9]) + 1)
            yield data[start:place]
        elif data[place] == _EXTENSION:
            label = data[place + 1]
            place = _gif_end(data, place + 2)
            loops = label == _APPLICATION and data[start + 3 : start + 14] == b"NETSCAPE2.0"
            if label == _CONTROL or loops:
                yield data[start:place]
        else:
            raise IndexError
    yield bytes([_TRAILER])


def _table(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_end(data: bytes, place: int) -> int:
    """Behind the sub-blocks that begin here."""
    while data[place]:
        place += data[place] + 1
    return place + 1


def webp(data: bytes) -> bytes:
    """A WebP without EXIF and XMP.

    Raises Unreadable.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Unreadable("It is no WebP picture. Save it again as WebP or PNG.")
    end = min(len(data), struct.unpack_from("<I", data, 4)[0] + 8)
    kept, place = [], 12
    while place + 8 <= end:
        name, (length,) = data[place : place + 4], struct.unpack_from("<I", data, place + 4)
        after = place + 8 + length + (length & 1)
        if after > end + 1:
            raise Unreadable("The picture is cut off. Save it again as WebP or PNG.")
        chunk = data[place:after]
        if name == b"VP8X":
            _bounded(int.from_bytes(chunk[12:15], "little") + 1, int.from_bytes(chunk[15:18], "little") + 1)
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if name not in _WEBP_DROPPED:
            kept.append(chunk)
        place = after
    if not kept:
        raise Unreadable("There is no picture in it. Save it again as WebP or PNG.")
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _bounded(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise Unreadable("The picture has too many points. Make it smaller than 10,000 by 10,000.")
