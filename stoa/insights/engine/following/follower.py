"""Reads what the spool grew by, brings the tables up to it, and says how long events took."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import zstandard

from stoa.insights.engine.following.spool import Watch, is_closed
from stoa.insights.engine.metrics.build import advance, catch_up, is_behind
from stoa.insights.engine.reading.countries import note_countries
from stoa.insights.engine.reading.ingest import Reader
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

#: After tables took so long, they rest at least so many times as long: the machine is there for learners too.
REST = 1.0
#: Tables that wait for a rest get it after so many seconds without events, or after so many of waiting.
_QUIET, _LONGEST_WAIT = 5.0, 120.0
_HOUR = 3_600_000_000
#: So many events say how long events take.
_REMEMBERED = 1_000
_SWEEP_EVERY = 600.0
Tell = Callable[[Snapshot], None]


class Follower:
    """The one writer of a site's warehouse. The caller is `alone`."""

    def __init__(self, warehouse: Warehouse, spool: Path, *, tell: Tell, tell_read: Tell) -> None:
        self._warehouse = warehouse
        self._reader = Reader(warehouse)
        self._watch = Watch(spool)
        self._tell, self._tell_read = tell, tell_read
        self._waits_until = 0.0
        self._behind = True  # of a follower that was killed between reading and tables
        self._last_new = 0.0
        self._left_behind_at: float | None = None
        self._lags: deque[float] = deque(maxlen=_REMEMBERED)
        self._swept = time.monotonic()

    def step(self) -> bool:
        """Take in what there is; True where something was new."""
        new = self._read(self._watch.grown())
        if (new or self._behind) and time.monotonic() >= self._waits_until:
            self._tables()
        elif self._is_time_to_rest():
            catch_up(self._warehouse)
            self._left_behind_at = None
            self._tell(self._warehouse.snapshot())
        if time.monotonic() - self._swept > _SWEEP_EVERY:
            self._tidy()
        return new or self._behind or self._left_behind_at is not None

    def _is_time_to_rest(self) -> bool:
        """Whether tables that wait for a rest are made: nothing comes in for a moment, or they have waited long."""
        now = time.monotonic()
        if self._left_behind_at is None or now < self._waits_until:
            return False
        return now - self._last_new > _QUIET or now - self._left_behind_at > _LONGEST_WAIT

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
        before = self._warehouse.snapshot()
        advance(self._warehouse)
        note_countries(self._warehouse)
        self._behind = False
        took = time.monotonic() - began
        self._waits_until = time.monotonic() + REST * took
        self._note(before)
        after = self._warehouse.snapshot()
        if is_behind(after.manifest):
            self._left_behind_at = self._left_behind_at or began
        self._tell(after)

    def _note(self, before: Snapshot) -> None:
        """Keep how long the events of the last files took from happening to the tables."""
        now = time.time_ns() // 1000
        last = int(before.manifest.facts.get("lag_seq", -1))
        fresh = [kept for kept in before.manifest.files("silver") if int(kept.notes.get("last", 0)) > now - _HOUR]
        top = last
        for kept in fresh:
            table = pq.read_table(before.folder / kept.path, columns=["t", "seq"])
            seq, t = table["seq"].to_numpy(), table["t"].to_numpy()
            new = (seq > last) & (t > now - _HOUR)
            self._lags.extend(((now - t[new]) / 1000).tolist())
            top = max(top, int(seq.max(initial=-1)))
        if not self._lags:
            return
        p50, p95 = np.percentile(np.array(self._lags), [50, 95])
        with self._warehouse.writing() as change:
            change.say("lag_p50_ms", round(float(p50)))
            change.say("lag_p95_ms", round(float(p95)))
            change.say("lag_n", len(self._lags))
            change.say("lag_seq", top)

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
