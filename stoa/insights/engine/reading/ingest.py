"""Reads logs into a warehouse, batch by batch; each batch is one commit."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from stoa.insights.engine.reading.chapters import Chapters
from stoa.insights.engine.reading.cutting import BATCH_BYTES, Batch, batches
from stoa.insights.engine.reading.duplicates import before, within
from stoa.insights.engine.reading.events import Dictionaries, events
from stoa.insights.engine.reading.faults import ended, faulty, not_yet
from stoa.insights.engine.reading.fields import Lines, lines_of, read, reasons
from stoa.insights.engine.reading.keeping import keep_events, keep_quarantine, keep_statements
from stoa.insights.engine.reading.said import said
from stoa.insights.engine.reading.sources import sources
from stoa.insights.engine.warehouse.dictionaries import Learners, Names
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse

DAY = 86_400_000_000


@dataclass(kw_only=True)
class Summary:
    """What came in: each line is an event, a duplicate or in quarantine."""

    lines: int = 0
    events: int = 0
    duplicates: int = 0
    bytes: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, str] = field(default_factory=dict)


Tell = Callable[[Summary], None]


def _silent(_: Summary) -> None:
    pass


def ingest(
    warehouse: Warehouse,
    paths: Sequence[Path],
    *,
    now: int,
    tell: Tell = _silent,
    size: int = BATCH_BYTES,
    growing: bool = False,
) -> Summary:
    """Read everything that lies here. The caller is `alone`; `now` in microseconds: what lies a day after is no event.

    `growing` logs may end within a line, which is left for later.
    """
    reader = _Reader(warehouse, latest=now + DAY)
    ledger = lambda: warehouse.snapshot().manifest.ledger  # noqa: E731 -- read anew before each source
    for batch in batches(sources(paths), ledger, size=size, growing=growing):
        reader.take(batch)
        tell(reader.summary)
    return reader.summary


class _Reader:
    def __init__(self, warehouse: Warehouse, *, latest: int) -> None:
        self.summary = Summary()
        self._warehouse = warehouse
        self._latest = latest
        self._con = duckdb.connect()
        self._con.execute("SET TimeZone = 'UTC'; SET threads = 1; SET memory_limit = '1GB'")
        manifest = warehouse.snapshot().manifest
        self._chapters = Chapters(warehouse.folder, manifest)
        self._names = Dictionaries(
            learners=Learners(warehouse.folder, manifest),
            **{
                name: Names(f"dictionaries/{name}", warehouse.folder, manifest)
                for name in ("courses", "objects", "ips")
            },
        )

    def take(self, batch: Batch) -> None:
        """Read one batch and commit it."""
        texts = [ended(piece) for piece in batch.pieces if not piece.reason]
        lines = lines_of(texts[0] if len(texts) == 1 else b"".join(texts))
        found = read(self._con, lines)
        why = reasons(found.fields, latest=self._latest)
        bad = [place for place, reason in enumerate(why) if reason]
        faults = found.faults | {found.fields["row"][place].as_py(): str(why[place]) for place in bad}
        fields = found.fields.filter(pa.array([not reason for reason in why])) if bad else found.fields
        fields, duplicates = self._fresh(fields, lines)
        self.summary.lines += len(lines.starts)
        self.summary.bytes += batch.size
        self.summary.events += fields.num_rows
        self.summary.duplicates += duplicates
        with self._warehouse.writing() as change:
            self._keep(change, fields)
            self._keep_faults(change, batch, lines, faults)
            for piece in batch.pieces:
                change.note(piece.place.key, piece.place.entry)

    def _fresh(self, fields: pa.Table, lines: Lines) -> tuple[pa.Table, int]:
        """The events that are new, and how many are not."""
        if not fields.num_rows:
            return fields, 0
        known = np.union1d(within(fields, lines), before(self._con, fields, self._warehouse.snapshot()))
        keep = np.ones(fields.num_rows, bool)
        keep[known] = False
        return (fields.filter(pa.array(keep)) if len(known) else fields), len(known)

    def _keep(self, change: Change, fields: pa.Table) -> None:
        if not fields.num_rows:
            return
        first = int(change.manifest.facts.get("seq", 0))
        found = events(self._con, fields, self._names)
        statements = said(found, first, self._names)
        self._chapters.learn(statements.rows.get("statements/blocks", []))
        self._chapters.fill(found)
        keep_events(change, found, first)
        keep_statements(change, statements)
        for names in (self._names.courses, self._names.learners, self._names.objects, self._names.ips):
            names.keep(change)
        change.say("seq", first + fields.num_rows)
        change.say("last_t", max(int(found.t.max()), int(change.manifest.facts.get("last_t", 0))))

    def _keep_faults(self, change: Change, batch: Batch, lines: Lines, faults: dict[int, str]) -> None:
        found = faulty(batch, lines, faults)
        new = not_yet(found, self._warehouse.folder, change.manifest)
        keep_quarantine(change, new)
        self.summary.lines += len(found) - len(faults)
        self.summary.duplicates += len(found) - len(new)
        self.summary.quarantined.update(str(row["reason"]) for row in new)
