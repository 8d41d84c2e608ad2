"""Tables to reviews and anchors. A bad line is set aside with its reason and never stops the others."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from stoa.peer_review.rules.tables.columns import CellRefused, name, names_at_once, places, points, points_at_once
from stoa.peer_review.rules.tables.reading import Fault, Raw, raw_table

_BATCH = 5_000


@dataclass(frozen=True, kw_only=True)
class ReviewTable:
    """Columns of one length, points of 100, and what was set aside, by line."""

    submissions: list[str]
    raters: list[str]
    points: list[float]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class AnchorTable:
    """Staff's points of 100 for submissions, and what was set aside, by line."""

    submissions: list[str]
    points: list[float]
    faults: tuple[Fault, ...]


@dataclass(kw_only=True)
class _Read:
    """The usable rows so far: names by column, points, lines."""

    names: dict[str, list[str]]
    points: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def reviews_in(data: bytes, *, out_of: float) -> ReviewTable:
    """Read a table with the columns submission, rater, score; a pair's later line replaces the earlier.

    Raises:
        TableRefused: It is empty, or a column is missing.
    """
    read, faults = _read(raw_table(data), ("submission", "rater"), out_of)
    pairs = list(zip(read.names["submission"], read.names["rater"], strict=True))
    if len(set(pairs)) == len(pairs):
        kept = list(range(len(pairs)))
    else:
        last = {pair: place for place, pair in enumerate(pairs)}
        kept = list(last.values())
        faults += [
            Fault(line=read.lines[place], why=_replaced(pair, read.lines[last[pair]]))
            for place, pair in enumerate(pairs)
            if last[pair] != place
        ]
    return ReviewTable(
        submissions=[pairs[place][0] for place in kept],
        raters=[pairs[place][1] for place in kept],
        points=[read.points[place] for place in kept],
        faults=_in_order(faults),
    )


def anchors_in(data: bytes, *, out_of: float) -> AnchorTable:
    """Read a table with the columns submission, score.

    Raises:
        TableRefused: It is empty, or a column is missing.
    """
    read, faults = _read(raw_table(data), ("submission",), out_of)
    return AnchorTable(submissions=read.names["submission"], points=read.points, faults=_in_order(faults))


def _read(raw: Raw, named: tuple[str, ...], out_of: float) -> tuple[_Read, list[Fault]]:
    at = places(raw.header, raw.header_line, (*named, "score"))
    read = _Read(names={column: [] for column in named})
    faults = list(raw.faults)
    for start in range(0, len(raw.rows), _BATCH):
        rows, lines = raw.rows[start : start + _BATCH], raw.lines[start : start + _BATCH]
        if not _at_once(read, rows, lines, at, out_of):
            faults += _one_by_one(read, rows, lines, at, out_of)
    return read, faults


def _at_once(read: _Read, rows: list[list[str]], lines: list[int], at: dict[str, int], out_of: float) -> bool:
    values = points_at_once(rows, at["score"], out_of)
    columns = [names_at_once(rows, at[column]) for column in read.names]
    if values is None or None in columns:
        return False
    for column, found in zip(read.names.values(), columns, strict=True):
        column.extend(found or ())
    read.points += values
    read.lines += lines
    return True


def _one_by_one(
    read: _Read, rows: list[list[str]], lines: list[int], at: dict[str, int], out_of: float
) -> Iterator[Fault]:
    for cells, line in zip(rows, lines, strict=True):
        try:
            found = {column: name(cells, at[column], column) for column in read.names}
            value = points(cells, at["score"], out_of)
        except CellRefused as refused:
            yield Fault(line=line, why=str(refused))
            continue
        for column, text in found.items():
            read.names[column].append(text)
        read.points.append(value)
        read.lines.append(line)


def _replaced(pair: tuple[str, str], line: int) -> str:
    submission, rater = pair
    return f"{rater} scores {submission} again on line {line}: the later score counts; take one of them out"


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line))
