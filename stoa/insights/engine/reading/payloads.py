"""Reads what events of the frequent kinds carry: what they were about, and two numbers."""

import json
import re
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.reading.columns import Coded, Numbers, coded, member
from stoa.insights.engine.reading.names import problem_of_input

_LARGEST: Final = 2**31 - 1
_TOLD: Final = ("problem_id", "problem", "block_id", "id", "module_id", "target_url", "commentable_id", "query")
_A: Final = ("old_speed", "old_time", "grade", "currentTime", "current_time")
_B: Final = ("new_speed", "new_time", "max_grade")
_SHAPE: Final = json.dumps(dict.fromkeys((*_TOLD, *_A, *_B, "success"), "VARCHAR"))
# An object is read at once; what is none need not even be JSON, as forms are not.
_QUERY: Final = f"""
SELECT row, told IS NOT NULL OR other AS read, CASE WHEN NOT read THEN split_part(event, '=', 1) END AS form,
    coalesce({", ".join(f"nullif(told.{name}, '')" for name in _TOLD)}) AS told,
    try_cast(coalesce({", ".join(f"told.{name}" for name in _A)}) AS DOUBLE) AS a,
    try_cast(coalesce({", ".join(f"told.{name}" for name in _B)}) AS DOUBLE) AS b,
    CASE told.success WHEN 'correct' THEN 1 WHEN 'incorrect' THEN 0 ELSE -1 END AS flag
FROM (
    SELECT row, event, try(CASE WHEN object THEN from_json(event, '{_SHAPE}') END) AS told,
        coalesce(NOT object AND json_valid(event), false) AS other
    FROM (SELECT row, event, ltrim(event, E' \\t\\r\\n')[1] = '{{' AS object FROM payloads)
)
"""  # noqa: S608 -- only constants of this module stand in it
_IN_TEXT: Final = re.compile(r'"(?:problem_id|problem|id|module_id)"\s*:\s*"([^"]+)"')
_FORM: Final = re.compile(r'^"?(input_[^=&"]+)')

#: Kinds without a payload that silver needs.
_BARE: Final = frozenset({Kind.OTHER, Kind.PAGE_CLOSED, Kind.PROGRESS, Kind.OUTLINE, Kind.HANDLER, Kind.BOOK})
_TIMED: Final = (*range(Kind.PLAY, Kind.SPEED), Kind.TRANSCRIPT_SHOWN, Kind.TRANSCRIPT_HIDDEN, Kind.MEDIA_FAILED)


@dataclass(frozen=True, kw_only=True)
class Payloads:
    """What was told, for each row: silver's a, b and flag; `told` names what the event was about."""

    told: Coded
    a: Numbers
    b: Numbers
    flag: Numbers


def payloads(con: duckdb.DuckDBPyConnection, event: pa.ChunkedArray, kind: Numbers, pages: Numbers) -> Payloads:
    """Read the payloads of those kinds that have some. `pages`: rows whose address already told what they are about."""
    wanted = np.flatnonzero(~member(kind, _BARE) & ~pages)
    con.register("payloads", pa.table({"row": wanted, "event": event.take(wanted)}))
    try:
        found = con.sql(_QUERY).to_arrow_table()
    finally:
        con.unregister("payloads")
    rows = found["row"].to_numpy()
    told = _all_told(found, event, rows)
    factor = np.where(kind[rows] == Kind.SPEED, 100.0, 1000.0)
    numeric = member(kind[rows], (*_TIMED, Kind.SPEED, Kind.CHECK))
    return Payloads(
        told=_spread(told, rows, len(kind)),
        a=_whole(found["a"], factor, numeric, rows, len(kind)),
        b=_whole(found["b"], factor, numeric, rows, len(kind)),
        flag=_placed(found["flag"].to_numpy().astype(np.int64), rows, len(kind)),
    )


def _all_told(found: pa.Table, event: pa.ChunkedArray, rows: Numbers) -> Coded:
    told = coded(found["told"])
    unread = np.flatnonzero(~found["read"].to_numpy(zero_copy_only=False))
    if not len(unread):
        return told
    forms = coded(found["form"].take(unread))
    problems = [_of_form(text) for text in forms.values]
    codes, values = told.codes.copy(), [*told.values, *(problem or "" for problem in problems)]
    codes[unread] = len(told.values) + forms.codes
    others = np.array([problem is None for problem in problems], bool)
    for place in unread[others[forms.codes]].tolist():
        if text := event[int(rows[place])].as_py():
            codes[place] = len(values)
            values.append(_of_cut(text))
    return Coded(codes=codes, values=tuple(values))


def _of_form(text: str) -> str | None:
    """The problem that a form of answers is about, of which the beginning suffices; None where this is none."""
    form = _FORM.match(text)
    return problem_of_input(form[1]) if form else None


def _of_cut(text: str) -> str:
    """What JSON that was cut off is about."""
    cut = _IN_TEXT.search(text.replace('\\"', '"'))
    return cut[1] if cut else ""


def _spread(found: Coded, rows: Numbers, size: int) -> Coded:
    codes = np.full(size, len(found.values), np.int64)
    codes[rows] = found.codes
    return Coded(codes=codes, values=(*found.values, ""))


def _whole(column: pa.ChunkedArray, factor: pa.Array, numeric: pa.Array, rows: Numbers, size: int) -> Numbers:
    values = column.to_numpy(zero_copy_only=False).astype(np.float64) * factor
    whole = np.rint(np.clip(np.nan_to_num(values, nan=-1), -1, _LARGEST))
    return _placed(np.where(numeric, whole, -1).astype(np.int64), rows, size)


def _placed(values: Numbers, rows: Numbers, size: int) -> Numbers:
    spread = np.full(size, -1, np.int64)
    spread[rows] = values
    return spread
