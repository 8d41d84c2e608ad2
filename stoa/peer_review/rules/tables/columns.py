"""Which column holds what, and what a cell says."""

import math
import re
import unicodedata
from collections.abc import Mapping

from stoa.peer_review.rules.scoring.values import FULL
from stoa.peer_review.rules.tables.reading import TableRefused

# The first name is ours; the others are what exports of other platforms and of research call the same.
NAMES: Mapping[str, tuple[str, ...]] = {
    "submission": ("submission", "submission id", "submission uuid", "submitter", "file name", "item", "work", "essay"),
    "rater": ("rater", "rater id", "reviewer", "reviewer id", "assessor", "assessor id", "grader", "scorer", "marker"),
    "score": ("score", "points", "mark", "grade", "total", "given grade"),
}
_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?")


class CellRefused(Exception):
    """A cell says nothing usable; the words say why and what to do."""


def places(header: list[str], line: int, wanted: tuple[str, ...]) -> dict[str, int]:
    """The place of each wanted column in the header that stands on this line.

    Raises:
        TableRefused: One is missing, or there twice.
    """
    there = [_plain(cell) for cell in header]
    found = {column: _place(column, there) for column in wanted}
    missing = [column for column, place in found.items() if place is None]
    if missing:
        raise TableRefused(
            f"no column {' and no column '.join(missing)}: line {line} must name the columns "
            f"{', '.join(wanted)}; it says {', '.join(map(str.strip, header))[:200]}"
        )
    return {column: place for column, place in found.items() if place is not None}


def name(cells: list[str], place: int, column: str) -> str:
    """A submission's or rater's name; the same letters are the same name, however they are composed.

    Raises:
        CellRefused: There is none.
    """
    text = cells[place].strip() if place < len(cells) else ""
    if not text:
        raise CellRefused(f"no {column}: name it, or take the line out")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def points(cells: list[str], place: int, out_of: float) -> float:
    """A score as points of 100; a decimal comma is understood.

    Raises:
        CellRefused: It is no number, or not on the scale.
    """
    text = cells[place].strip() if place < len(cells) else ""
    if not text:
        raise CellRefused("no score: give one, or take the line out")
    value = _number(text)
    if not 0 <= value <= out_of:
        raise CellRefused(f"{text} is not from 0 to {out_of:g}: correct it, or say where the scale ends with --out-of")
    return value / out_of * FULL


def names_at_once(rows: list[list[str]], place: int) -> list[str] | None:
    """What `name` says of every row, many times as fast; None where some row needs a look of its own."""
    try:
        found = [row[place].strip() for row in rows]
    except IndexError:
        return None
    return found if all(found) and "".join(found).isascii() else None


def points_at_once(rows: list[list[str]], place: int, out_of: float) -> list[float] | None:
    """What `points` says of every row, many times as fast; None where some row needs a look of its own."""
    try:
        cells = [row[place] for row in rows]
        values = list(map(float, cells))
    except (IndexError, ValueError):
        return None
    # Python reads 1_0 as ten; a spreadsheet that says so has slipped.
    if "_" in "".join(cells) or not all(0 <= value <= out_of for value in values):
        return None
    return [value / out_of * FULL for value in values]


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise CellRefused(f"{text[:40]} is no number: write it like 72 or 72.5")
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise CellRefused(f"{text[:40]} is no number that a score can be: write it like 72 or 72.5")
    return value


def _plain(cell: str) -> str:
    return re.sub(r"[\s_\-.]+", " ", unicodedata.normalize("NFKC", cell)).strip(" \ufeff\"'").casefold()


def _place(column: str, there: list[str]) -> int | None:
    for known in NAMES[column]:
        if there.count(known) > 1:
            raise TableRefused(f"the column {known} is there {there.count(known)} times: keep one")
        if known in there:
            return there.index(known)
    return None
