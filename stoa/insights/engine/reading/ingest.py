"""Reads logs into a warehouse, batch by batch; each batch is one commit."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from stoa.insights.engine.reading.answers import keep_answers
from stoa.insights.engine.reading.chapters import Chapters
from stoa.insights.engine.reading.cutting import BATCH_BYTES, Batch, Entry, batches
from stoa.insights.engine.reading.duplicates import before, within
from stoa.insights.engine.reading.events import Dictionaries, events
from stoa.insights.engine.reading.faults import Known, ended, faulty
from stoa.insights.engine.reading.fields import Lines, Read, lines_of, read, reasons
from stoa.insights.engine.reading.file_kinds import FileKind, kind_of
from stoa.insights.engine.reading.files import Files
from stoa.insights.engine.reading.keeping import keep_events, keep_quarantine, keep_statements
from stoa.insights.engine.reading.said import said
from stoa.insights.engine.reading.sources import Source, sources
from stoa.insights.engine.reading.summary import Summary, Tell
from stoa.insights.engine.warehouse.forgetting import Forgotten, forget_erased
from stoa.insights.engine.warehouse.merging import merge_small
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse

DAY = 86_400_000_000


def _silent(_: Summary) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class _Looked:
    """A batch, its lines, and what they tell."""

    batch: Batch
    lines: Lines
    found: Read


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
    summary = Reader(warehouse).read(paths, now=now, tell=tell, size=size, growing=growing)
    warehouse.sweep()
    return summary


class Reader:
    """Reads into a warehouse of which its process is the one writer; it may be kept and used again."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._con, self._looking = _connected(), _connected()
        self.summary = Summary()
        self._begin()

    def read(
        self,
        paths: Sequence[Path],
        *,
        now: int,
        tell: Tell = _silent,
        size: int = BATCH_BYTES,
        growing: bool = False,
    ) -> Summary:
        """Read everything new that lies here, as `ingest` does; says what came in by this call."""
        self.summary = self._files.summary = Summary()
        found = [(kind_of(source), source) for source in sources(paths)]
        for kind, source in sorted(found, key=lambda one: one[0]):
            self.take_file(kind, source)
            tell(self.summary)
        logs = [source for kind, source in found if kind is FileKind.LOG]
        for looked in self._looked(logs, size=size, growing=growing):
            self._take(looked, latest=now + DAY)
            tell(self.summary)
        if self._erased:
            self._begin()
        return self.summary

    def _begin(self) -> None:
        """Forget who is to be forgotten, and know what the warehouse knows."""
        warehouse = self._warehouse
        forget_erased(warehouse)
        self._erased = False
        self._chapters = Chapters(warehouse.folder, warehouse.snapshot().manifest)
        self._names = Dictionaries.of(warehouse)
        self._files = Files(warehouse, self._names, self.summary)
        self._forgotten = Forgotten(warehouse)
        self._known = Known(warehouse.folder, warehouse.snapshot().manifest)

    def ledger(self) -> Mapping[str, Entry]:
        """How far every source has been read."""
        return self._warehouse.snapshot().manifest.ledger

    def take_file(self, kind: FileKind, source: Source) -> None:
        """Read a file that is no log and commit it."""
        if kind in {FileKind.ACCOUNTS, FileKind.TABLE}:
            self._files.take_table(source)
        elif kind is FileKind.STRUCTURE:
            self._files.take_structure(source)
            self._chapters = Chapters(self._warehouse.folder, self._warehouse.snapshot().manifest)
        elif kind is FileKind.UNKNOWN:
            self.summary.skipped[source.shown] = "nobody here knows this kind of file"

    def _looked(self, logs: Sequence[Source], *, size: int, growing: bool) -> Iterator[_Looked]:
        """Each batch with what it tells: the next one is looked at in another thread while one is kept."""
        waiting: list[tuple[Batch, Future[_Looked]]] = []

        def ledger() -> Mapping[str, Entry]:
            places = [piece.place for batch, _ in waiting for piece in batch.pieces]
            return {**self.ledger(), **{place.key: place.entry for place in places}}

        with ThreadPoolExecutor(max_workers=1) as ahead:
            for batch in batches(logs, ledger, size=size, growing=growing):
                waiting.append((batch, ahead.submit(_look, self._looking, batch)))
                if len(waiting) > 1:
                    yield waiting.pop(0)[1].result()
            while waiting:
                yield waiting.pop(0)[1].result()

    def _take(self, looked: _Looked, *, latest: int) -> None:
        """Commit one batch."""
        batch, lines, found = looked.batch, looked.lines, looked.found
        why = reasons(found.fields, latest=latest)
        bad = [place for place, reason in enumerate(why) if reason]
        faults = found.faults | {found.fields["row"][place].as_py(): str(why[place]) for place in bad}
        fields = found.fields.filter(pa.array([not reason for reason in why])) if bad else found.fields
        fields, duplicates = self._fresh(self._forgotten.hidden(fields), lines)
        self.summary.lines += len(lines.starts)
        self.summary.bytes += batch.size
        self.summary.events += fields.num_rows
        self.summary.duplicates += duplicates
        with self._warehouse.writing() as change:
            self._keep(change, fields)
            self._keep_faults(change, batch, lines, faults)
            for piece in batch.pieces:
                change.note(piece.place.key, piece.place.entry)
            merge_small(change, self._warehouse.folder)

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
        self._erased |= any(row["field"] == "erased" for row in statements.rows.get("statements/profiles", []))
        self._chapters.learn(statements.rows.get("statements/blocks", []))
        self._chapters.fill(found)
        keep_events(change, found, first)
        keep_statements(change, statements)
        keep_answers(self._con, change, found, first)
        self._names.keep(change)
        change.say("seq", first + fields.num_rows)
        change.say("last_t", max(int(found.t.max()), int(change.manifest.facts.get("last_t", 0))))

    def _keep_faults(self, change: Change, batch: Batch, lines: Lines, faults: dict[int, str]) -> None:
        found = faulty(batch, lines, faults)
        new = self._known.not_yet(found)
        keep_quarantine(change, new)
        self.summary.lines += len(found) - len(faults)
        self.summary.duplicates += len(found) - len(new)
        self.summary.quarantined.update(str(row["reason"]) for row in new)


def _connected() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'; SET threads = 1; SET memory_limit = '1GB'")
    return con


def _look(con: duckdb.DuckDBPyConnection, batch: Batch) -> _Looked:
    texts = [ended(piece) for piece in batch.pieces if not piece.reason]
    lines = lines_of(texts[0] if len(texts) == 1 else b"".join(texts))
    return _Looked(batch=batch, lines=lines, found=read(con, lines))
