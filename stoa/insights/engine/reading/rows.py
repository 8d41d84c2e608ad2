"""Rows of tables, as MySQL, edX and spreadsheets write them: dumps, TSV and CSV with a row of names."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stoa.insights.engine.reading.sources import Source, SourceBroken, chunks

Cells = Mapping[str, str | None]

_CREATE: Final = re.compile(
    r"CREATE TABLE\s+(?:IF NOT EXISTS\s+)?`?(\w+)`?\s*\((.*?)\)\s*(?:ENGINE|;|$)", re.DOTALL | re.IGNORECASE
)
_INSERT: Final = re.compile(r"INSERT\s+(?:IGNORE\s+)?INTO\s+`?(\w+)`?\s*(\([^)]*\))?\s*VALUES\s*", re.IGNORECASE)
_BEGIN: Final = re.compile(r"\s*INSERT\s", re.IGNORECASE)
_COLUMN: Final = re.compile(r"(?:^|,)\s*`(\w+)`\s+\w")
_VALUE: Final = re.compile(r"\s*(?:'((?:[^'\\]|\\.|'')*)'|([^,()']+?))\s*(?=[,)])", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "", "Z": ""}
_NOTHING: Final = frozenset({"NULL", "\\N"})
LARGEST_FIELD: Final = 1 << 27


def columns_of(head: str) -> tuple[str, ...]:
    """The names of a table's columns as its beginning tells them; none where it tells none."""
    if found := _INSERT.search(head):
        return _named(found[2]) or _created(head, found[1])
    if found := _CREATE.search(head):
        return tuple(_COLUMN.findall(found[2]))
    first = head.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    mark = "\t" if "\t" in first else ","
    return tuple(name.strip().strip('"') for name in first.split(mark)) if mark in first else ()


def is_dump(head: str) -> bool:
    """Whether this is a dump of MySQL."""
    return bool(_INSERT.search(head) or _CREATE.search(head))


def is_forum(head: str) -> bool:
    """Whether this is the forum of a course, as MongoDB exports it."""
    return head.lstrip("\ufeff \n").startswith('{"_id"') and '"_type"' in head


def rows(source: Source, head: str) -> Iterator[Cells]:
    """Each row by the names of its columns; NULL is None."""
    if is_dump(head):
        yield from _dumped(source, head)
        return
    if is_forum(head):
        yield from _posts(source)
        return
    lines = _lines(source)
    columns = columns_of(next(lines, ""))
    mark = "\t" if "\t" in head.partition("\n")[0] else ","
    csv.field_size_limit(LARGEST_FIELD)
    cells: Iterator[Sequence[str]]
    cells = (line.rstrip("\r\n").split("\t") for line in lines) if mark == "\t" else csv.reader(lines)
    for row in cells:
        if any(row):
            values = [None if cell in _NOTHING else cell for cell in row]
            yield dict(zip(columns, [*values, *[None] * (len(columns) - len(values))], strict=False))


def _posts(source: Source) -> Iterator[Cells]:
    for line in _lines(source):
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            yield {name: _leaf(value) for name, value in told.items()}


def _leaf(value: object) -> str | None:
    """The value itself of what MongoDB wraps: an id, a date, votes."""
    if isinstance(value, dict):
        inner = next((value[name] for name in ("$oid", "$date", "point", "$numberLong") if name in value), None)
        return _leaf(inner)
    if isinstance(value, bool):
        return str(int(value))
    return None if value is None else str(value)


def _lines(source: Source) -> Iterator[str]:
    """The lines of a text; what cannot be unpacked ends it."""
    rest = b""
    try:
        for chunk in chunks(source):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line.decode("utf-8-sig", "replace") + "\n" for line in whole)
    except SourceBroken:
        return
    if rest:
        yield rest.decode("utf-8-sig", "replace")


def _dumped(source: Source, head: str) -> Iterator[Cells]:
    """A dump is read statement by statement; a statement ends in a line that ends in a semicolon."""
    waiting: list[str] = []
    for line in _lines(source):
        if waiting or _BEGIN.match(line):
            waiting.append(line)
            if line.rstrip().endswith(";"):
                yield from _inserted("".join(waiting), head)
                waiting = []
    if waiting:
        yield from _inserted("".join(waiting), head)


def _inserted(statement: str, head: str) -> Iterator[Cells]:
    found = _INSERT.search(statement)
    if not found:
        return
    columns = _named(found[2]) or _created(head, found[1])
    place = found.end()
    values: list[str | None] = []
    while place < len(statement):
        if statement[place] in "(,":
            place += 1
        elif statement[place] == ")":
            yield dict(zip(columns, values, strict=False))
            place, values = place + 1, []
        elif (value := _VALUE.match(statement, place)) and value.end() > place and value[0].strip():
            values.append(_unquoted(value))
            place = value.end()
        else:
            place += 1


def _unquoted(value: re.Match[str]) -> str | None:
    if value[1] is None:
        bare = value[2].strip()
        return None if bare in _NOTHING else bare
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]) if found[1] else "'", value[1])


def _named(words: str | None) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", words or ""))


def _created(head: str, table: str) -> tuple[str, ...]:
    tables = {found[1]: tuple(_COLUMN.findall(found[2])) for found in _CREATE.finditer(head)}
    return tables.get(table, ())
