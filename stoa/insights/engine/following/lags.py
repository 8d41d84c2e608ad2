"""How long events took from happening to the tables: the last thousand of them."""

import time
from collections import deque
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from stoa.insights.engine.metrics.built import Built
from stoa.insights.engine.warehouse.manifest import Manifest
from stoa.insights.engine.warehouse.warehouse import Change

_HOUR = 3_600_000_000
_REMEMBERED = 1_000


class Lags:
    """Remembers how long events took, and writes it into each change that brings tables up to more of them.

    What is older than an hour when it comes in is history, and says nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: deque[float] = deque(maxlen=_REMEMBERED)

    def note(self, change: Change, before: Manifest) -> None:
        """Count in what is new since the tables of before; the change is about to be committed."""
        built, now = Built.of(before), time.time_ns() // 1000
        silver = [kept for kept in change.manifest.files("silver") if int(kept.notes.get("last", 0)) > now - _HOUR]
        fresh = built.fresh(tuple(silver)) if built else [kept.path for kept in silver]
        for path in fresh:
            table = pq.read_table(self._folder / path, columns=["t", "seq"])
            t = table["t"].to_numpy()[table["seq"].to_numpy() >= (built.seq if built else 0)]
            self._taken.extend(((now - t[t > now - _HOUR]) / 1000).tolist())
        if not self._taken:
            return
        p50, p95 = np.percentile(np.array(self._taken), [50, 95])
        change.say("lag_p50_ms", round(float(p50)))
        change.say("lag_p95_ms", round(float(p95)))
        change.say("lag_n", len(self._taken))
