"""Sounds and films without names and places. Their boxes keep their sizes, so that nothing inside moves."""

import struct
from collections.abc import Iterator

from stoa.peer_review.rules.files.unreadable import Unreadable

_TELLING = frozenset({b"udta", b"meta", b"uuid"})
_OPENED = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf"})
_WAV_KEPT = frozenset({b"fmt ", b"data", b"fact", b"cue ", b"smpl"})
_TAG, _ID3_HEAD = 128, 10
BROKEN = "The file is cut off or damaged. Save it again."


def mp4(data: bytes) -> bytes:
    """An MP4 or QuickTime file whose boxes about its making are empty.

    Raises Unreadable.
    """
    changed = bytearray(data)
    found = {name for _start, _end, name in _boxes(data, 0, len(data))}
    if b"moov" not in found:
        raise Unreadable(BROKEN)
    _empty(changed, 0, len(data))
    return bytes(changed)


def _empty(data: bytearray, start: int, end: int) -> None:
    for begin, after, name in _boxes(data, start, end):
        if name in _TELLING:
            data[begin + 4 : begin + 8] = b"free"
            data[begin + 8 : after] = bytes(after - begin - 8)
        elif name in _OPENED:
            _empty(data, begin + 8, after)


def _boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    place = start
    while place + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, place)
        if size == 1 and place + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, place + 8)
        after = end if size == 0 else place + size
        if after <= place or after > end:
            raise Unreadable(BROKEN)
        yield place, after, name
        place = after


def mp3(data: bytes) -> bytes:
    """An MP3 without its tags.

    Raises Unreadable.
    """
    while data[:3] == b"ID3" and len(data) > _ID3_HEAD:
        size = sum((data[6 + place] & 0x7F) << (21 - 7 * place) for place in range(4))
        data = data[_ID3_HEAD + size :]
    if data[-_TAG : -_TAG + 3] == b"TAG":
        data = data[:-_TAG]
    ape = data.rfind(b"APETAGEX", max(0, len(data) - 64_000))
    if ape >= 0:
        # Its header may stand before its items: cut at the first mark.
        data = data[: data.find(b"APETAGEX")]
    if data[:1] != b"\xff":
        raise Unreadable(BROKEN)
    return data


def wav(data: bytes) -> bytes:
    """A WAV of nothing but its sound.

    Raises Unreadable.
    """
    kept, place = [], 12
    while place + 8 <= len(data):
        name, (length,) = data[place : place + 4], struct.unpack_from("<I", data, place + 4)
        after = place + 8 + length + (length & 1)
        if name in _WAV_KEPT:
            kept.append(data[place : min(after, len(data))])
        place = after
    if not any(chunk.startswith(b"data") for chunk in kept):
        raise Unreadable(BROKEN)
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
