"""Reads the fields of many lines at once; what cannot be read is mended or gets a reason."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

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
    "time",
    "event_id",
)
_CONTEXT: Final = ("user_id", "course_id", "org_id", "path", "username", "session", "ip")
_SHAPE: Final = json.dumps({**dict.fromkeys(_TOP, "VARCHAR"), "context": dict.fromkeys(_CONTEXT, "VARCHAR")})
_KNOWN: Final = json.dumps({**dict.fromkeys(_TOP), "context": dict.fromkeys(_CONTEXT)})
_READ: Final = f"""
SELECT row, x IS NOT NULL AS read,
    x.time AS told_time,
    epoch_us(try_cast(x.time AS TIMESTAMPTZ)) AS t,
    x.event_id AS event_id,
    coalesce(nullif(nullif(x.username, ''), 'anonymous'), nullif(x.context.username, '')) AS username,
    nullif(x.context.user_id, '') AS user_id,
    nullif(x.context.course_id, '') AS course_id,
    nullif(x.context.org_id, '') AS org_id,
    coalesce(nullif(x.event_type, ''), nullif(x.name, '')) AS event_type,
    nullif(x.name, x.event_type) AS name,
    x.event_source AS event_source,
    nullif(x.page, '') AS page,
    nullif(x.context.path, x.event_type) AS path,
    coalesce(nullif(x.ip, ''), nullif(x.context.ip, '')) AS ip,
    coalesce(nullif(x.session, ''), nullif(x.context.session, '')) AS session,
    nullif(x.agent, '') AS agent,
    nullif(x.host, '') AS host,
    nullif(x.referer, '') AS referer,
    nullif(x.accept_language, '') AS accept_language,
    x.event AS event,
    nullif(nullif(try(json_merge_patch(line, '{_KNOWN}'))::VARCHAR, '{{"context":{{}}}}'), '{{}}') AS rest
FROM (SELECT row, line, try(from_json(line, '{_SHAPE}')) AS x FROM lines)
"""  # noqa: S608 -- only constants of this module stand in it

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
    odd = {} if _is_clean(lines.text) else _odd(lines)
    left_out = {*faults, *odd}
    rows = np.setdiff1d(np.arange(len(lines.starts)), np.fromiter(left_out, np.int64, len(left_out)))
    first = _parsed(con, rows, _strings(lines, rows))
    unread = first.filter(pc.invert(first["read"]))["row"].to_pylist()
    mended: dict[int, str] = {}
    for row in sorted({*unread, *odd} - set(faults)):
        text = _mended(lines.line(row))
        if text.startswith("{"):
            mended[row] = text
        else:
            faults[row] = text
    if unread:
        first = first.filter(first["read"])
    if mended:
        second = _parsed(con, np.array(list(mended)), pa.array(list(mended.values())))
        faults |= dict.fromkeys(second.filter(pc.invert(second["read"]))["row"].to_pylist(), "not JSON")
        first = pa.concat_tables([first, second.filter(second["read"])]).sort_by("row")
    return Read(fields=first, faults=faults)


def _parsed(con: duckdb.DuckDBPyConnection, rows: Numbers, lines: pa.Array) -> pa.Table:
    con.register("lines", pa.table({"row": pa.array(rows, pa.int64()), "line": lines}))
    try:
        return con.sql(_READ).to_arrow_table()
    finally:
        con.unregister("lines")


def _strings(lines: Lines, rows: Numbers) -> pa.Array:
    """The lines as strings that are views of the text where all of them are wanted, else copies."""
    starts, ends = lines.starts[rows], lines.ends[rows]
    if len(rows) and len(rows) == len(lines.starts) and bool((starts[1:] == ends[:-1] + 1).all()):
        offsets = np.append(starts, ends[-1]).astype(np.int32)
        return pa.Array.from_buffers(pa.string(), len(rows), [None, pa.py_buffer(offsets), pa.py_buffer(lines.text)])
    return pa.array([lines.text[start:end] for start, end in zip(starts, ends, strict=True)], pa.binary()).cast(
        pa.string()
    )


def _is_clean(text: bytes) -> bool:
    """Whether this is UTF-8 without the bytes that only faults leave behind."""
    if b"\0" in text or b"\xef\xbb\xbf" in text:
        return False
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _odd(lines: Lines) -> set[int]:
    """Rows with bytes that have to be looked at one by one."""
    return {row for row in range(len(lines.starts)) if not _is_clean(lines.line(row))}


def _mended(line: bytes) -> str:
    """The line as JSON object where it can be had, else what is wrong with it."""
    try:
        text = line.replace(b"\0", b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        return "wrong encoding"
    text = text.replace("\ufeff", "")
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
