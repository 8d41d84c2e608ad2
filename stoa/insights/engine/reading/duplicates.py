"""Finds events that came before: equal in every field, or with the same id."""

import duckdb
import numpy as np
import pyarrow as pa

from stoa.insights.engine.reading.columns import Numbers
from stoa.insights.engine.reading.fields import Lines
from stoa.insights.engine.schema import BRONZE
from stoa.insights.engine.warehouse.warehouse import Snapshot

_SAME = " AND ".join(
    f"old.{name} IS NOT DISTINCT FROM new.{name}"
    for name in BRONZE
    if name not in {"seq", "time", "course_id", "user_id"}
)


def within(fields: pa.Table, lines: Lines) -> Numbers:
    """Places in `fields` of events that stand there before."""
    t = fields["t"].to_numpy()
    order = np.argsort(t, kind="stable")
    tied = np.flatnonzero(np.diff(t[order]) == 0)
    if not len(tied):
        return np.empty(0, np.int64)
    candidates = np.unique(np.concatenate([order[tied], order[tied + 1]]))
    rows, ids = fields["row"].to_numpy()[candidates], fields["event_id"].take(candidates).to_pylist()
    seen: set[bytes] = set()
    found = []
    for place, row, event_id in zip(candidates.tolist(), rows.tolist(), ids, strict=True):
        same = event_id.encode() if event_id else lines.line(row).strip()
        if same in seen:
            found.append(place)
        seen.add(same)
    return np.array(found, np.int64)


def before(con: duckdb.DuckDBPyConnection, fields: pa.Table, snapshot: Snapshot) -> Numbers:
    """Places in `fields` of events that the warehouse has."""
    t = fields["t"].to_numpy()
    files = _around(snapshot, int(t.min()), int(t.max()))
    if not files:
        return np.empty(0, np.int64)
    new = pa.table({"place": np.arange(len(t)), "time": fields["t"].cast(pa.timestamp("us"))})
    con.register("times", new)
    bound = "read_parquet($files) WHERE time BETWEEN make_timestamp($first) AND make_timestamp($last)"
    given = {"files": files, "first": int(t.min()), "last": int(t.max())}
    places = con.execute(f"SELECT place FROM times SEMI JOIN (SELECT time FROM {bound}) USING (time)", given)  # noqa: S608 -- only constants
    candidates = np.sort(places.fetchnumpy()["place"])
    con.unregister("times")
    if not len(candidates):
        return np.empty(0, np.int64)
    some = fields.take(candidates).append_column("place", pa.array(candidates))
    some = some.append_column("time", some["t"].cast(pa.timestamp("us")))
    con.register("new", some)
    found = con.execute(
        f"SELECT DISTINCT place FROM new JOIN (SELECT * FROM {bound}) old ON old.time = new.time"  # noqa: S608 -- only constants
        f" AND (({_SAME}) OR old.event_id = new.event_id) ORDER BY place",
        given,
    ).fetchnumpy()["place"]
    con.unregister("new")
    return np.asarray(found, np.int64)


def _around(snapshot: Snapshot, first: int, last: int) -> list[str]:
    return [
        str(snapshot.folder / kept.path)
        for kept in snapshot.manifest.files("bronze")
        if int(kept.notes["first"]) <= last and first <= int(kept.notes["last"])
    ]
