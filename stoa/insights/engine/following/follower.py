"""Reads what the spool grew by, and brings the tables up to it."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import zstandard

from stoa.insights.engine.following.lags import Lags
from stoa.insights.engine.following.spool import Watch, is_closed
from stoa.insights.engine.metrics.build import advance, catch_up_one, is_behind
from stoa.insights.engine.metrics.workplace import Workplace
from stoa.insights.engine.reading.countries import note_countries
from stoa.insights.engine.reading.ingest import Reader
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

#: After tables took so long, they rest at least so many times as long: the machine is there for learners too.
REST = 0.5
#: Tables that wait for a rest get it after so many seconds without events, or after so many of waiting.
_QUIET, _LONGEST_WAIT = 2.0, 120.0
_SWEEP_EVERY = 600.0
Tell = Callable[[Snapshot], None]


class Follower:
    """The one writer of a site's warehouse. The caller is `alone`."""

    def __init__(self, warehouse: Warehouse, spool: Path, *, at: Workplace, tell: Tell, tell_read: Tell) -> None:
        self._warehouse = warehouse
        self._at = at
        self._reader = Reader(warehouse)
        self._watch = Watch(spool)
        self._lags = Lags(warehouse.folder)
        self._tell, self._tell_read = tell, tell_read
        self._waits_until = 0.0
        self._behind = True  # of a follower that was killed between reading and tables
        self._last_new = 0.0
        self._left_behind_at: float | None = None
        self._swept = time.monotonic()

    def step(self) -> bool:
        """Take in what there is; True where something was new."""
        new = self._read(self._watch.grown())
        if (new or self._behind) and time.monotonic() >= self._waits_until:
            self._tables()
        elif self._is_time_to_rest():
            self._rest()
        if time.monotonic() - self._swept > _SWEEP_EVERY:
            self._tidy()
        return new or self._behind or self._left_behind_at is not None

    def _is_time_to_rest(self) -> bool:
        """Whether tables that wait for a rest are made: nothing comes in for a moment, or they have waited long."""
        now = time.monotonic()
        if self._left_behind_at is None:
            return False
        return now - self._last_new > _QUIET or now - self._left_behind_at > _LONGEST_WAIT

    def _rest(self) -> None:
        """Make one of the tables that wait, so that no event waits for all of them."""
        if catch_up_one(self._warehouse, at=self._at):
            return
        self._left_behind_at = None
        self._tell(self._warehouse.snapshot())

    def _read(self, grown: Sequence[Path]) -> bool:
        if not grown:
            return False
        before = self._warehouse.snapshot().manifest.rows("silver")
        self._reader.read(list(grown), now=time.time_ns() // 1000, growing=True)
        after = self._warehouse.snapshot()
        new = after.manifest.rows("silver") > before
        self._behind = self._behind or new
        if new:
            self._last_new = time.monotonic()
            self._tell_read(after)
        return new

    def _tables(self) -> None:
        began = time.monotonic()
        before = self._warehouse.snapshot().manifest
        advance(self._warehouse, at=self._at, also=lambda change: self._lags.note(change, before))
        note_countries(self._warehouse)
        self._behind = False
        after = self._warehouse.snapshot()
        self._tell(after)
        self._waits_until = time.monotonic() + REST * (time.monotonic() - began)
        if is_behind(after.manifest):
            self._left_behind_at = self._left_behind_at or began

    def _tidy(self) -> None:
        self._swept = time.monotonic()
        self._warehouse.sweep()


def compress_closed(spool: Path, *, at: datetime | None = None) -> int:
    """Pack logs into which nobody writes any more; says how many. What is in them stays known as read."""
    at = at or datetime.now(UTC)
    found = [path for path in sorted(spool.glob("*/*.log")) if is_closed(path, at=at)]
    for path in found:
        packed = path.with_suffix(".log.zst.new")
        with path.open("rb") as plain, packed.open("wb") as out:
            zstandard.ZstdCompressor(level=6).copy_stream(plain, out)
        packed.rename(path.with_suffix(".log.zst"))
        path.unlink()
    return len(found)
