"""Looks into lines of JSON: what they tell under the keys that have a column, and whether they tell more."""

import json
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stoa.insights.engine.reading.columns import Numbers, alike

TOP: Final = (
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
CONTEXT: Final = ("user_id", "course_id", "org_id", "path", "username", "session", "ip")
#: The columns that a look finds; those of the context have its name before theirs.
COLUMNS: Final = (*TOP, *(f"context_{name}" for name in CONTEXT))
_KNOWN: Final = json.dumps({**dict.fromkeys(TOP), "context": dict.fromkeys(CONTEXT)})
_REST: Final = f"SELECT place, json_merge_patch(line, '{_KNOWN}')::VARCHAR AS rest FROM lines"  # noqa: S608 -- only constants of this module
_SHAPE: Final = json.dumps(dict.fromkeys(TOP, "VARCHAR") | {"context": dict.fromkeys(CONTEXT, "VARCHAR")})
_TOLD: Final = ", ".join(
    [*(f"told.{name} AS {name}" for name in TOP), *(f"told.context.{name} AS context_{name}" for name in CONTEXT)]
)
_LOOK: Final = f"""
SELECT place, keys[1] IS NOT NULL AS read, hash(keys) AS keys, {_TOLD}
FROM (
    SELECT place, try(from_json(line, '{_SHAPE}')) AS told, try(json_keys(line, ['$', '$.context'])) AS keys
    FROM lines
)
"""  # noqa: S608 -- only constants of this module stand in it


def look(con: duckdb.DuckDBPyConnection, lines: pa.Array, objects: Numbers) -> pa.Table:
    """What those of the lines that are JSON objects tell: `place` among the lines, the columns, and `rest` as JSON.

    `objects` are the places of lines that may be some.
    """
    con.register("lines", _placed(lines, objects))
    found = con.sql(_LOOK).to_arrow_table()
    con.unregister("lines")
    # DuckDB would look into each line twice to leave the others out.
    read = found["read"]
    found = (found if pc.all(read).as_py() else found.filter(read)).drop_columns(["read"])
    rest = _rest(con, lines, found["place"].to_numpy(), _saying_more(found, lines))
    return found.drop_columns(["keys"]).append_column("rest", rest)


def _placed(lines: pa.Array, places: Numbers) -> pa.Table:
    """These lines with their places."""
    one_after_another = len(places) and places[-1] - places[0] == len(places) - 1
    some = lines.slice(places[0], len(places)) if one_after_another else lines.take(pa.array(places))
    return pa.table({"place": places, "line": some})


def _saying_more(found: pa.Table, lines: pa.Array) -> Numbers:
    """The places of lines that say something without a column; of those with equal keys one is looked at."""
    codes, firsts = alike(pc.dictionary_encode(found["keys"].combine_chunks()).indices.to_numpy().astype(np.int64))
    places = found["place"].to_numpy()
    more = [_has_more(lines[int(places[first])].as_py()) for first in firsts]
    saying: Numbers = places[np.array(more, bool)[codes]]
    return saying


def _has_more(line: str) -> bool:
    try:
        found = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return False
    context = found.get("context") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(context, dict | None):
        return isinstance(found, dict)
    return bool(found.keys() - {*TOP, "context"} or (context or {}).keys() - {*CONTEXT})


def _rest(con: duckdb.DuckDBPyConnection, lines: pa.Array, places: Numbers, more: Numbers) -> pa.Array:
    """What these lines say besides, as JSON; `more` are the places of those that do."""
    if not len(more):
        return pa.nulls(len(places), pa.string())
    con.register("lines", _placed(lines, more))
    found = con.sql(_REST).to_arrow_table()
    con.unregister("lines")
    row = np.full(len(lines), -1, np.int64)
    row[found["place"].to_numpy()] = np.arange(len(more))
    return found["rest"].combine_chunks().take(pa.array(row[places], mask=row[places] < 0))
