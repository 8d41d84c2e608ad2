"""What answers are made from: one snapshot, opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import duckdb
import numpy as np

from stoa.insights.engine.asking.columns import LEARNERS
from stoa.insights.engine.asking.crowd import Crowd, crowd_of, joined, nobody
from stoa.insights.engine.asking.hiding import Hiding
from stoa.insights.engine.warehouse import manifest
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

PERSON_COURSE = "tables/person_course"
DAYS = "state/days"
COURSE = "tables/course"


@dataclass(frozen=True, kw_only=True)
class Data:
    """One version of a warehouse: its registrations in memory, names of its courses and organisations, its time."""

    snapshot: Snapshot
    crowd: Crowd
    titles: Mapping[str, str]
    as_of: datetime | None

    @cached_property
    def _hidings(self) -> dict[int, Hiding]:
        return {}

    def hiding(self, least: int) -> Hiding:
        """What a view hides that shows no group under `least` people; found once a version."""
        return self._hidings.setdefault(least, Hiding(self.crowd, least))

    @property
    def version(self) -> int:
        """The version of the warehouse."""
        return self.snapshot.version


class Opened:
    """The present version of a warehouse, brought up to date when asked; what did not change is not read again."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self._pieces: dict[str, Crowd] = {}
        self._data: Data | None = None
        self._stamp: tuple[int, int] | None = None

    def data(self) -> Data:
        """The present version. Raises WarehouseUnreadable."""
        stamp = self._stamped()
        if self._data is not None and stamp is not None and stamp == self._stamp:
            return self._data
        snapshot = self._warehouse.snapshot()
        self._stamp = stamp
        if self._data is None or self._data.version != snapshot.version:
            self._data = self._read(snapshot)
        return self._data

    def _stamped(self) -> tuple[int, int] | None:
        """What tells one manifest from the next without reading it: each is a file of its own."""
        try:
            found = (self._warehouse.folder / manifest.NAME).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _read(self, snapshot: Snapshot) -> Data:
        files = snapshot.files(PERSON_COURSE)
        old = set(self._pieces)
        pieces = {path: self._pieces.get(path) or crowd_of([path], self.connection) for path in files}
        same = self._data is not None and old == set(pieces)
        self._pieces = pieces
        crowd = self._data.crowd if self._data and same else joined(list(pieces.values()))
        crowd = _with_days(crowd, snapshot, self.connection)
        return Data(snapshot=snapshot, crowd=crowd, titles=_titles(snapshot, self.connection), as_of=_as_of(crowd))


def _with_days(crowd: Crowd, snapshot: Snapshot, connection: duckdb.DuckDBPyConnection) -> Crowd:
    """The crowd with the days on which each registration acted, in the order in which registrations were read."""
    days = snapshot.files(DAYS)
    if not days:
        return replace(crowd, active_who=nobody(), active_on=nobody())
    found = connection.execute(_ACTED, {"people": snapshot.files(PERSON_COURSE), "days": days}).fetchnumpy()
    return replace(crowd, active_who=np.ma.getdata(found["place"]), active_on=np.ma.getdata(found["day"]))


_ACTED = f"""
    SELECT place, day FROM read_parquet($days) JOIN (
        SELECT row_number() OVER () - 1 AS place, course, learner FROM read_parquet($people) WHERE {LEARNERS}
    ) USING (course, learner)
    WHERE day BETWEEN 0 AND 65534 AND nevents > 0
"""  # noqa: S608 -- names of this module only


def _titles(snapshot: Snapshot, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    files = snapshot.files(COURSE)
    if not files:
        return {}
    rows = connection.execute(_TITLES, [files]).fetchall()
    return {str(key): str(name) for key, name in rows}


# Runs of one course bear one title: each is told apart by its run. Organisations of one name are, by their keys.
_TITLES = """
    WITH told AS (SELECT * FROM read_parquet(?)),
    organisations AS (SELECT org, max(org_name) AS name FROM told WHERE org IS NOT NULL GROUP BY org)
    SELECT course_id, CASE WHEN count(*) OVER (PARTITION BY title) > 1 THEN concat_ws(' · ', title, run) ELSE title END
    FROM told WHERE title IS NOT NULL
    UNION ALL
    SELECT org, CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN concat_ws(' · ', name, org) ELSE name END
    FROM organisations WHERE name IS NOT NULL
"""


def _as_of(crowd: Crowd) -> datetime | None:
    return datetime.fromtimestamp(crowd.until / 1_000_000, tz=UTC) if crowd.until else None
