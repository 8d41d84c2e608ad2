"""Cuts logs into batches of whole lines. Where a batch ends depends on nothing but where it began and what is there."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from stoa.insights.engine.reading.recognising import Place, next_place
from stoa.insights.engine.reading.sources import Source, SourceBroken, chunks

BATCH_BYTES: Final = 24 << 20
BATCH_LINES: Final = 250_000
SHOWN: Final = 2_000
"""Bytes of a bad line that are kept."""

Entry = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Whole lines of one source, from byte `start` of its unpacked content.

    `open_end`: the last line has no line end. `reason`: this is no text to read but a fault to keep.
    """

    place: Place  # behind this piece
    start: int
    text: bytes
    lines: int = 1
    open_end: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is read and kept in one commit."""

    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """Its bytes, unpacked."""
        return sum(len(piece.text) for piece in self.pieces)


def batches(
    found: Iterable[Source],
    ledger: Callable[[], Mapping[str, Entry]],
    *,
    size: int = BATCH_BYTES,
    growing: bool = False,
) -> Iterator[Batch]:
    """All lines of these sources that the ledger does not know yet. It knows each batch before the next is asked for.

    A `growing` source may end within a line, which is left for later.
    """
    pieces: list[Piece] = []
    noted: dict[str, Entry] = {}
    bytes_left, lines_left = size, BATCH_LINES
    for source in found:
        reading = _Reading(source, next_place(source, {**ledger(), **noted}), growing=growing)
        while not reading.done:
            piece = reading.next_piece(bytes_left, lines_left, alone=not pieces)
            if piece:
                pieces.append(piece)
                noted[piece.place.key] = piece.place.entry
                bytes_left, lines_left = bytes_left - len(piece.text), lines_left - piece.lines
            if pieces and not reading.done:
                yield Batch(pieces=tuple(pieces))
                pieces, noted, bytes_left, lines_left = [], {}, size, BATCH_LINES
    if pieces:
        yield Batch(pieces=tuple(pieces))


class _Reading:
    """One source, piece by piece."""

    def __init__(self, source: Source, place: Place, *, growing: bool) -> None:
        self.done = False
        self._place = place
        self._growing = growing
        self._chunks = chunks(source, start=place.offset)
        self._text = b""
        self._ended = False
        self._broken = ""

    def next_piece(self, room: int, lines: int, *, alone: bool) -> Piece | None:
        """The next piece that fits; None where nothing fits, or nothing is left."""
        self._fill(room)
        whole = self._ended and len(self._text) <= room
        cut = self._text.rfind(b"\n", 0, room) + 1
        if whole and not self._growing:
            self._broken = self._broken or _fault(self._text[cut:])
            cut = cut if self._broken else len(self._text)
        cut, taken = _at_most(self._text, cut, lines)
        if whole and (self._growing or cut == len(self._text)):
            self.done = not self._broken
        if cut:
            return self._taken(cut, taken)
        if self._broken and whole:
            return self._faulty()
        if alone and not self.done:
            return self._overlong()
        return None

    def _fill(self, room: int) -> None:
        parts, size = [self._text], len(self._text)
        while size <= room and not self._ended:
            try:
                chunk = next(self._chunks, None)
            except SourceBroken as reason:
                chunk, self._broken = None, f"cannot be unpacked: {reason}"
            self._ended = chunk is None
            parts.append(chunk or b"")
            size += len(parts[-1])
        self._text = b"".join(parts)

    def _taken(self, cut: int, lines: int) -> Piece:
        text, start, self._text = self._text[:cut], self._place.offset, self._text[cut:]
        open_end = not text.endswith(b"\n")
        self._place = self._place.after(text)
        return Piece(place=self._place, start=start, text=text, lines=lines, open_end=open_end)

    def _faulty(self) -> Piece:
        self.done = True
        return Piece(place=self._place, start=self._place.offset, text=self._text[:SHOWN], reason=self._broken)

    def _overlong(self) -> Piece:
        """A line that is longer than a batch: keep its beginning, read over the rest."""
        start, shown = self._place.offset, self._text[:SHOWN]
        while (cut := self._text.find(b"\n") + 1) == 0 and not self._ended:
            self._place = self._place.after(self._text)
            self._text = b""
            self._fill(0)
        passed = self._text[: cut or len(self._text)]
        self._place, self._text = self._place.after(passed), self._text[len(passed) :]
        return Piece(place=self._place, start=start, text=shown, reason="too long")


def _fault(rest: bytes) -> str:
    """What is wrong with a last line that has no end; nothing where it is whole, or never was an event."""
    if not rest.lstrip(b"\0 ").startswith(b"{"):
        return ""
    try:
        json.loads(rest)
    except ValueError:
        return "truncated last line"
    return ""


def _at_most(text: bytes, cut: int, lines: int) -> tuple[int, int]:
    """Where to cut so that no more than this many lines are taken, and how many are taken."""
    marks = np.frombuffer(text, np.uint8, count=cut)
    spans = range(0, cut, _SPAN)
    counts = [int(np.count_nonzero(marks[span : span + _SPAN] == ord("\n"))) for span in spans]
    if sum(counts) <= lines:
        return cut, sum(counts)
    ends = np.flatnonzero(marks == ord("\n"))
    return (int(ends[lines - 1]) + 1 if lines else 0), lines


_SPAN: Final = 1 << 18
