"""What answers are made from: one snapshot, opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb

from stoa.insights.engine.asking.cells import Found, Named
from stoa.insights.engine.asking.crowd import Crowd
from stoa.insights.engine.asking.hiding import Hiding
from stoa.insights.engine.asking.pieces import DAYS, PERSON_COURSE, Pieces
from stoa.insights.engine.warehouse import manifest
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

__all__ = ["COURSES", "DAYS", "PERSON_COURSE", "Data", "Opened"]

COURSES = "state/courses"


@dataclass(frozen=True, kw_only=True)
class Data:
    """One version of a warehouse: its registrations in memory, names of its courses and organisations, its time."""

    snapshot: Snapshot
    crowd: Crowd
    titles: Mapping[str, str]
    as_of: datetime | None

    hidings: dict[int, Hiding] = field(default_factory=dict)
    before: Mapping[int, Mapping[Named, Found]] = field(default_factory=dict)

    def hiding(self, least: int) -> Hiding:
        """What a view hides that shows no group under `least` people; found once a version."""
        if least not in self.hidings:
            self.hidings[least] = Hiding(self.crowd, least, self.before.get(least))
        return self.hidings[least]

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
        self._pieces = Pieces(self.connection)
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
        crowd = self._pieces.crowd(snapshot)
        hidings = {} if self._data is None else self._data.hidings
        return Data(
            snapshot=snapshot,
            crowd=crowd,
            titles=_titles(snapshot, self.connection),
            as_of=_as_of(crowd),
            before={least: hiding.known.found for least, hiding in hidings.items()},
        )


def _titles(snapshot: Snapshot, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    files = snapshot.files(COURSES)
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
