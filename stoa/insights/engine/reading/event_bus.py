"""Events in the shape in which newer Open edX sites hand them on: name, timestamp, data, context.

Source: openedx/event-tracking, whose backends put them into the log's shape before they write a tracking log; routers
and collectors (Vector, event buses) pass them on without.
"""

from collections.abc import Mapping
from typing import Final

import duckdb
import pyarrow as pa

#: What such a line has and one of a tracking log has not.
LOOKS_LIKE_IT: Final = '"timestamp"'
_FIELDS: Final = ("ip", "agent", "host", "session", "referer", "accept_language", "page")
_FROM_CONTEXT: Final = ", ".join(f"'{name}', line->'$.context.{name}'" for name in _FIELDS)
# What was said outside the context stays: the second of two patches wins only where it says something.
_MOVED: Final = f"""
SELECT row, json_merge_patch(
    json_object(
        'event_type', line->'$.name', 'time', line->'$.timestamp', 'event', line->'$.data',
        'username', coalesce(line->'$.context.username', line->'$.data.username'),
        'event_source', coalesce(line->'$.context.event_source', '"server"'), {_FROM_CONTEXT}
    ),
    json_merge_patch(line, '{{"timestamp": null, "data": null}}')
)::VARCHAR AS line
FROM bus WHERE json_type(line, '$.name') = 'VARCHAR' AND json_type(line, '$.timestamp') = 'VARCHAR'
"""  # noqa: S608 -- only constants of this module stand in it


def as_logged(con: duckdb.DuckDBPyConnection, lines: Mapping[int, str]) -> dict[int, str]:
    """Those of these lines (JSON objects by row) that have this shape, as a tracking log would tell them."""
    if not lines:
        return {}
    con.register("bus", pa.table({"row": pa.array(lines, pa.int64()), "line": pa.array(lines.values(), pa.string())}))
    found = con.sql(_MOVED).fetchall()
    con.unregister("bus")
    return {int(row): str(line) for row, line in found}
