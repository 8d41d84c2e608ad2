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

from stoa.insights.engine.reading.columns import alike
from stoa.insights.engine.reading.event_bus import LOOKS_LIKE_IT, as_logged

LONGEST_LINE: Final = 4 << 20
_TOP: Final = (
    "username",
    "event_type",
    "name",
    "event_source",
    "page",
    "ip",
    "session",
    "agent",
    "host",
    "referer",
    "accept_language",
    "event",
    "data",  # some newer events name their payload so
    "time",
    "event_id",
)
_CONTEXT: Final = ("user_id", "course_id", "org_id", "path", "username", "session", "ip")
_PATHS: Final = [*(f"$.{name}" for name in _TOP), *(f"$.context.{name}" for name in _CONTEXT)]
_TOLD: Final = {path.removeprefix("$."): f"nullif(x[{number}], '')" for number, path in enumerate(_PATHS, start=1)}
_KNOWN: Final = json.dumps({**dict.fromkeys(_TOP), "context": dict.fromkeys(_CONTEXT)})
# One look into each line: what the function is asked for together is read together.
_READ: Final = f"""
SELECT row, top[1] IS NOT NULL AS read,
    hash(top) AS keys,
    {_TOLD["time"]} AS told_time,
    epoch_us(try_cast({_TOLD["time"]} AS TIMESTAMPTZ)) AS t,
    {_TOLD["event_id"]} AS event_id,
    coalesce(nullif({_TOLD["username"]}, 'anonymous'), {_TOLD["context.username"]}) AS username,
    {_TOLD["context.user_id"]} AS user_id,
    {_TOLD["context.course_id"]} AS course_id,
    {_TOLD["context.org_id"]} AS org_id,
    coalesce({_TOLD["event_type"]}, {_TOLD["name"]}) AS event_type,
    nullif({_TOLD["name"]}, {_TOLD["event_type"]}) AS name,
    {_TOLD["event_source"]} AS event_source,
    {_TOLD["page"]} AS page,
    nullif({_TOLD["context.path"]}, {_TOLD["event_type"]}) AS path,
    coalesce({_TOLD["ip"]}, {_TOLD["context.ip"]}) AS ip,
    coalesce({_TOLD["session"]}, {_TOLD["context.session"]}) AS session,
    {_TOLD["agent"]} AS agent,
    {_TOLD["host"]} AS host,
    {_TOLD["referer"]} AS referer,
    {_TOLD["accept_language"]} AS accept_language,
    coalesce({_TOLD["event"]}, {_TOLD["data"]}) AS event
FROM (
    SELECT row, line, try(CASE WHEN object THEN json_extract_string(line, {_PATHS}) END) AS x,
        try(CASE WHEN object THEN json_keys(line, ['$', '$.context']) END) AS top
    FROM lines
)
"""  # noqa: S608 -- only constants of this module stand in it
_REST: Final = f"SELECT row, json_merge_patch(line, '{_KNOWN}')::VARCHAR AS rest FROM lines"  # noqa: S608 -- only constants of this module

Numbers = npt.NDArray[np.int64]


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


def _parsed(con: duckdb.DuckDBPyConnection, rows: Numbers, lines: pa.Array, objects: pa.Array) -> pa.Table:
    """The fields of those of the lines that are JSON objects; `objects`: which are, at first sight."""
    con.register("lines", pa.table({"row": pa.array(rows, pa.int64()), "line": lines, "object": objects}))
    found = con.sql(_READ).to_arrow_table()
    con.unregister("lines")
    _, places = alike(pc.dictionary_encode(found["keys"].combine_chunks()).indices.to_numpy().astype(np.int64))
    keys = {found["keys"][place].as_py() for place in places if _has_more(lines[place].as_py())}
    wanted = np.flatnonzero(pc.is_in(found["keys"], pa.array(sorted(keys), pa.uint64())).to_numpy())
    rest = _rest(con, lines, wanted[found["read"].to_numpy(zero_copy_only=False)[wanted]], len(rows))
    found = found.append_column("rest", rest).drop_columns(["keys"])
    whole = pc.all(found["read"]).as_py()
    return (found if whole else found.filter(found["read"])).drop_columns(["read"])


def _has_more(line: str) -> bool:
    """Whether a line says something for which there is no column."""
    try:
        found = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return False
    context = found.get("context") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(context, dict | None):
        return isinstance(found, dict)
    return bool(found.keys() - {*_TOP, "context"} or (context or {}).keys() - {*_CONTEXT})


def _rest(con: duckdb.DuckDBPyConnection, lines: pa.Array, wanted: Numbers, size: int) -> pa.Array:
    """What these lines say besides, as JSON."""
    if not len(wanted):
        return pa.nulls(size, pa.string())
    con.register("lines", pa.table({"row": wanted, "line": lines.take(pa.array(wanted))}))
    found = con.sql(_REST).to_arrow_table()
    con.unregister("lines")
    place = np.full(size, -1, np.int64)
    place[found["row"].to_numpy()] = np.arange(len(wanted))
    return found["rest"].combine_chunks().take(pa.array(place, mask=place < 0))


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
    found[read_fields["event_type"].is_null().to_numpy()] = "no event type"
    whole: list[str | None] = found.tolist()
    return whole


EARLIEST: Final = 946_684_800_000_000
