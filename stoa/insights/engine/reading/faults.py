"""Lines that could not be read: where they lie, and why."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from stoa.insights.engine.reading.cutting import SHOWN, Batch, Piece
from stoa.insights.engine.reading.fields import Lines
from stoa.insights.engine.reading.statements import Row
from stoa.insights.engine.warehouse.manifest import Manifest


def faulty(batch: Batch, lines: Lines, faults: Mapping[int, str]) -> list[Row]:
    """Rows of quarantine for these lines, and for what was no text at all, in the order in which they lie."""
    pieces = [piece for piece in batch.pieces if not piece.reason]
    begins = np.cumsum([0, *(len(ended(piece)) for piece in pieces)])
    found: list[Row] = []
    for row in sorted(faults):
        begin = int(lines.starts[row])
        number = int(np.searchsorted(begins, begin, side="right")) - 1
        piece = pieces[number]
        place = piece.start + begin - int(begins[number])
        found.append(_row(piece, place, faults[row], lines.line(row)))
    return found + [_row(piece, piece.start, piece.reason, piece.text) for piece in batch.pieces if piece.reason]


class Known:
    """The lines that quarantine holds, by file and place."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._places: set[tuple[object, object]] = set()
        for kept in manifest.files("quarantine"):
            table = pq.read_table(folder / kept.path, columns=["file", "start"])
            self._places.update(zip(table["file"].to_pylist(), table["start"].to_pylist(), strict=True))

    def not_yet(self, rows: Sequence[Row]) -> list[Row]:
        """Those of the rows that are new; they are known from now on."""
        new = [row for row in rows if (row["file"], row["start"]) not in self._places]
        self._places.update((row["file"], row["start"]) for row in new)
        return new


def ended(piece: Piece) -> bytes:
    """The text of a piece with an end to its last line."""
    return piece.text + b"\n" if piece.open_end else piece.text


def _row(piece: Piece, place: int, reason: str, line: bytes) -> Row:
    shown = line[:SHOWN].decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return {"file": piece.place.name, "start": place, "reason": reason, "line": shown}
