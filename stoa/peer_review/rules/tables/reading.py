"""Bytes to rows: whatever the encoding and the separator, with the line that each row begins on."""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from itertools import compress

_SEPARATORS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Spreadsheets write this as a first line of their own.
_SAYS_SEPARATOR = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_SAMPLE = 2000
# Lines that one record may span.
_LONGEST = 200
_MISPLACED = "a quotation mark is out of place: close it, or double it inside a name"


class TableRefused(Exception):
    """The table can't be read at all; the words say why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A line that was set aside: why, and what to do."""

    line: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Raw:
    """A table's first row, the others, the lines that they begin on, and the records that nobody can make sense of."""

    header: list[str]
    header_line: int
    rows: list[list[str]]
    lines: list[int]
    faults: list[Fault]


def raw_table(data: bytes) -> Raw:
    """Split a table into rows of cells.

    Raises:
        TableRefused: It is empty, or no table at all.
    """
    text = _text(data)
    lines = _lines(text)
    said = _SAYS_SEPARATOR.fullmatch(lines[0].rstrip("\n")) if lines else None
    skipped = 1 if said else 0
    first = next((line for line in lines[skipped:] if line.strip()), "")
    if not first:
        raise TableRefused("it is empty: its first line names the columns, each further line is one score")
    separator = said[1] if said else max(_SEPARATORS, key=first.count)
    rows, begun, faults = _rows(lines[skipped:], separator)
    # Blank lines are no records.
    there = [any(map(str.strip, row)) for row in rows]
    rows, begun = list(compress(rows, there)), [line + skipped for line in compress(begun, there)]
    if not rows:
        raise TableRefused("its first line is broken: is there a quotation mark that is never closed?")
    return Raw(
        header=rows[0],
        header_line=begun[0],
        rows=rows[1:],
        lines=begun[1:],
        faults=[Fault(line=fault.line + skipped, why=fault.why) for fault in faults],
    )


def _lines(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return list(io.StringIO(text, newline="\n"))


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    sample = data[:_SAMPLE]
    # Half of the bytes of Latin text in UTF-16 are zero, on one side.
    if sample.count(0) > len(sample) // 4:
        return data.decode("utf-16-be" if sample[:1] == b"\0" else "utf-16-le", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(lines: list[str], separator: str) -> tuple[list[list[str]], list[int], list[Fault]]:
    """Records may span lines; where a quotation mark is never closed, each line is taken for itself."""
    try:
        return *_records(lines, separator), []
    except csv.Error:
        return _lone_records(lines, separator)


def _records(lines: list[str], separator: str) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    begun: list[int] = []
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    line = 1
    for cells in reader:
        rows.append(cells)
        begun.append(line)
        if reader.line_num - line > _LONGEST:
            raise csv.Error("a quotation mark that is closed far below is a slip")
        line = reader.line_num + 1
    return rows, begun


def _lone_records(lines: list[str], separator: str) -> tuple[list[list[str]], list[int], list[Fault]]:
    rows: list[list[str]] = []
    begun: list[int] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        try:
            read, _ = _records([line], separator)
        except csv.Error:
            faults.append(Fault(line=number, why=_MISPLACED))
            continue
        rows += read
        begun += [number] * len(read)
    return rows, begun, faults
