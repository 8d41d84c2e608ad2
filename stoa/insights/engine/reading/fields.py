"""Reads the fields of many lines at once; what cannot be read is mended or gets a reason."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stoa.insights.engine.reading.columns import Numbers
from stoa.insights.engine.reading.event_bus import LOOKS_LIKE_IT, as_logged
from stoa.insights.engine.reading.looking import COLUMNS, look
from stoa.insights.engine.reading.telling import first_of, unless

LONGEST_LINE: Final = 4 << 20
_TIMES: Final = "SELECT epoch_us(try_cast(told AS TIMESTAMPTZ)) AS t FROM times"


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Lines of a batch: where each begins and ends in `text`."""

    text: bytes
    starts: Numbers
    ends: Numbers

    def line(self, row: int) -> bytes:
        """One of them."""
        return self.text[self.starts[row] : self.ends[row]]


@dataclass(frozen=True, kw_only=True)
class Read:
    """Fields of the lines that could be read, by row, and why the others could not."""

    fields: pa.Table
    faults: dict[int, str]


def lines_of(text: bytes) -> Lines:
    """The lines of a text that has something in them."""
    marks = np.frombuffer(text, np.uint8)
    ends = np.concatenate(
        [np.flatnonzero(marks[at : at + (1 << 18)] == ord("\n")) + at for at in range(0, len(marks), 1 << 18)]
        or [np.empty(0, np.int64)]
    )
    if text and not text.endswith(b"\n"):
        ends = np.append(ends, len(text))
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    lines = Lines(text=text, starts=starts, ends=ends)
    short = np.flatnonzero(ends - starts <= _BLANK)
    blank = [row for row in short.tolist() if not lines.line(row).strip()]
    return Lines(text=text, starts=np.delete(starts, blank), ends=np.delete(ends, blank))


_BLANK: Final = 8


def read(con: duckdb.DuckDBPyConnection, lines: Lines) -> Read:
    """The fields of these lines."""
    faults = {int(row): "too long" for row in np.flatnonzero(lines.ends - lines.starts > LONGEST_LINE)}
    odd = {*faults, *_odd(lines)}
    rows = np.delete(np.arange(len(lines.starts)), sorted(odd))
    first = _parsed(con, rows, _strings(lines, rows), _objects(lines)[rows])
    unread = np.ones(len(lines.starts), bool)
    unread[first["row"].to_numpy()] = False
    mended: dict[int, str] = {}
    for row in np.flatnonzero(unread).tolist():
        if row not in faults:
            text = _mended(lines.line(row))
            (mended if text.startswith("{") else faults)[row] = text
    if mended:
        second = _parsed(con, np.array(list(mended)), pa.array(list(mended.values())), np.ones(len(mended), bool))
        first = pa.concat_tables([first, second]).sort_by("row")
        faults |= dict.fromkeys(set(mended) - set(second["row"].to_pylist()), "not JSON")
    return Read(fields=_encoded(_of_the_bus(con, lines, mended, first)), faults=faults)


def _of_the_bus(con: duckdb.DuckDBPyConnection, lines: Lines, mended: Mapping[int, str], found: pa.Table) -> pa.Table:
    """The same with what lines in the event bus's shape say, which at first sight have no time."""
    rows = found["row"].filter(pc.is_null(found["told_time"])).to_pylist()
    told = {row: mended.get(row) or lines.line(row).decode() for row in rows}
    moved = as_logged(con, {row: line for row, line in told.items() if LOOKS_LIKE_IT in line})
    if not moved:
        return found
    second = _parsed(con, np.array(list(moved)), pa.array(list(moved.values())), np.ones(len(moved), bool))
    others = found.filter(pc.invert(pc.is_in(found["row"], pa.array(list(moved), pa.int64()))))
    return pa.concat_tables([others, second]).sort_by("row")


def _encoded(fields: pa.Table) -> pa.Table:
    """The same with texts that come again and again as dictionaries: later steps look at each of them once."""
    columns = {name: fields[name] for name in fields.column_names}
    words = [name for name in columns if name not in _LONG and pa.types.is_string(columns[name].type)]
    return pa.table(columns | {name: pc.dictionary_encode(columns[name]).combine_chunks() for name in words})


_LONG: Final = frozenset({"event", "rest", "event_id", "told_time"})


def _parsed(con: duckdb.DuckDBPyConnection, rows: Numbers, lines: pa.Array, objects: npt.NDArray[np.bool_]) -> pa.Table:
    """The fields of those of the lines that are JSON objects; `objects`: which are, at first sight."""
    found = look(con, lines, np.flatnonzero(objects))
    fields = _fields({name: unless(found[name], "") for name in COLUMNS})
    con.register("times", pa.table({"told": fields["told_time"]}))
    times = con.sql(_TIMES).to_arrow_table()
    con.unregister("times")
    return pa.table({"row": rows[found["place"].to_numpy()], "t": times["t"], **fields, "rest": found["rest"]})


def _fields(told: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.ChunkedArray]:
    """The columns of bronze and what silver needs besides; what stands there twice is told once."""
    event_type = first_of(told["event_type"], told["name"])
    return {
        "told_time": told["time"],
        "event_id": told["event_id"],
        "username": first_of(unless(told["username"], "anonymous"), told["context_username"]),
        "user_id": told["context_user_id"],
        "course_id": told["context_course_id"],
        "org_id": told["context_org_id"],
        "event_type": event_type,
        "name": unless(told["name"], told["event_type"]),
        "event_source": told["event_source"],
        "page": told["page"],
        "path": unless(told["context_path"], told["event_type"]),
        "ip": first_of(told["ip"], told["context_ip"]),
        "session": first_of(told["session"], told["context_session"]),
        "agent": told["agent"],
        "host": told["host"],
        "referer": told["referer"],
        "accept_language": told["accept_language"],
        "event": first_of(told["event"], told["data"]),
    }


def _strings(lines: Lines, rows: Numbers) -> pa.Array:
    """These lines as strings, views of the text where no line is left out."""
    every = _view(lines)
    if len(every) == len(rows):
        return every
    # Every second part of the text is a line; what lies between two of them is the others.
    return every.take(pa.array(rows if len(every) == len(lines.starts) else rows * 2))


def _view(lines: Lines) -> pa.Array:
    """The text cut behind each line, or before and behind each where something lies between them."""
    if not len(lines.starts):
        return pa.array([], pa.string())
    offsets = np.append(lines.starts, lines.ends[-1:])
    if not bool((lines.starts[1:] == lines.ends[:-1] + 1).all()):
        offsets = np.stack([lines.starts, lines.ends], axis=1).ravel()
    buffers = [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(lines.text)]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers)


def _odd(lines: Lines) -> set[int]:
    """Rows that are not UTF-8."""
    try:
        if len(lines.starts):
            _view(lines).validate(full=True)
    except pa.ArrowInvalid:
        return {row for row in range(len(lines.starts)) if not _is_text(lines.line(row))}
    return set()


def _objects(lines: Lines) -> npt.NDArray[np.bool_]:
    """Which lines look like JSON objects. One that is none makes those that are read together with it slow."""
    if not len(lines.starts):
        return np.empty(0, bool)
    marks = np.frombuffer(lines.text, np.uint8)
    last = np.where(marks[lines.ends - 1] == ord("\r"), lines.ends - 2, lines.ends - 1)
    found: npt.NDArray[np.bool_] = (marks[lines.starts] == ord("{")) & (marks[last] == ord("}"))
    return found


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mended(line: bytes) -> str:
    """The line as JSON object where it can be had, else what is wrong with it."""
    try:
        text = line.replace(b"\0", b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        return "wrong encoding"
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 or end < begin:
        return "not JSON"
    try:
        found = json.loads(text[begin : end + 1], strict=False)
    except (ValueError, RecursionError):
        return "not JSON"
    # Half a surrogate pair is what cutting a text after 64 KB leaves behind.
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace").decode().replace("\\u0000", "")


def reasons(read_fields: pa.Table, *, latest: int) -> Sequence[str | None]:
    """Why each row is no event, None where it is one. `latest`: times after it lie in the future."""
    found = np.full(read_fields.num_rows, None, object)
    t, told = read_fields["t"], read_fields["told_time"]
    times = t.fill_null(0).to_numpy()
    no_t = t.is_null().to_numpy()
    found[times > latest] = "time in the future"
    found[~no_t & (times < EARLIEST)] = "time before the year 2000"
    found[no_t] = "time unreadable"
    found[told.is_null().to_numpy()] = "no time"
    nameless = read_fields["event_type"].is_null().to_numpy()
    found[nameless] = "no event type"
    if nameless.any():
        said = pc.match_substring_regex(read_fields["rest"], r'"verb":\{[\s\S]*"object":\{|"object":\{[\s\S]*"verb":\{')
        found[nameless & said.fill_null(False).to_numpy()] = (
            "a statement of xAPI: give the tracking log that it was made from"
        )
    whole: list[str | None] = found.tolist()
    return whole


EARLIEST: Final = 946_684_800_000_000
