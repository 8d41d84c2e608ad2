"""Takes tables and structures of courses in, each file once, whatever its name is."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice

from stoa.coursedoc.imported import SourceRefused
from stoa.insights.engine.reading.course_files import from_json, from_olx
from stoa.insights.engine.reading.events import Dictionaries
from stoa.insights.engine.reading.keeping import keep_statements
from stoa.insights.engine.reading.person_course import NEEDED, registration
from stoa.insights.engine.reading.rows import Cells, rows
from stoa.insights.engine.reading.sources import Source, SourceBroken, chunks, head
from stoa.insights.engine.reading.statements import Statements
from stoa.insights.engine.reading.structures import Structure, moment, say
from stoa.insights.engine.reading.summary import Summary
from stoa.insights.engine.reading.tables import Line, speaker_of
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse

_ROWS = 50_000


class Files:
    """Reads files that are no logs into a warehouse."""

    def __init__(self, warehouse: Warehouse, names: Dictionaries, summary: Summary) -> None:
        self._warehouse = warehouse
        self._names = names
        self.summary = summary

    def take_table(self, source: Source) -> None:
        """Read a table, some rows a commit; goes on where it was interrupted."""
        key = f"table:{_content(source)}"
        done = int(self._warehouse.snapshot().manifest.ledger.get(key, {}).get("rows", 0))
        told = islice(rows(source, head(source).decode("utf-8-sig", "replace")), done, None)
        while some := list(islice(told, _ROWS)):
            if not done and not any(map(_reader, some)):
                self.summary.skipped[source.shown] = "is a table of which nothing is needed"
                return
            done += len(some)
            self.summary.rows += len(some)
            with self._warehouse.writing() as change:
                first = int(change.manifest.facts.get("seq", 0))
                keep_statements(change, self._said(some, first))
                self._names.keep(change)
                change.say("seq", first + len(some))
                change.note(key, {"file": source.shown, "rows": done})

    def take_structure(self, source: Source) -> None:
        """Read what a course is made of."""
        key = f"structure:{_content(source)}"
        if key in self._warehouse.snapshot().manifest.ledger:
            return
        found = list(_structures(source))
        if not found:
            self.summary.skipped[source.shown] = "tells neither events nor rows nor what a course is made of"
            return
        with self._warehouse.writing() as change:
            self._keep(change, found)
            change.note(key, {"file": source.shown, "courses": len(found)})
        self.summary.structures += len(found)

    def _said(self, some: list[Cells], first: int) -> Statements:
        into = Statements()
        for seq, cells in enumerate(some, start=first):
            line = Line(cells=cells, seq=seq, names=self._names, into=into)
            if speaker := _reader(cells):
                speaker(line)
        return into

    def _keep(self, change: Change, found: list[Structure]) -> None:
        into, seq = Statements(), int(change.manifest.facts.get("seq", 0))
        for structure in found:
            # A structure in a file holds from the start of its course on, until an event tells another one.
            t = moment(structure.fields.get("start")) or 0
            course = self._names.courses.number(structure.course)
            say(structure, into, course, self._names.objects, t=t, seq=seq)
            seq += 1
        keep_statements(change, into)
        self._names.keep(change)
        change.say("seq", seq)


def _reader(cells: Cells) -> Callable[[Line], None] | None:
    """Who reads rows with these columns."""
    return registration if any(needed <= cells.keys() for needed in NEEDED) else speaker_of(cells)


def _structures(source: Source) -> Iterator[Structure]:
    if source.path.is_dir() or ".tar" in source.path.name or source.path.suffix == ".tgz":
        try:
            yield from_olx(source.path)
        except SourceRefused:
            return
        return
    try:
        text = b"".join(chunks(source)).decode("utf-8-sig", "replace")
    except SourceBroken:
        return
    yield from (structure for structure in from_json(text) if structure.course)


def _content(source: Source) -> str:
    """The content of a file, or of all files of a folder, in a few letters."""
    digest = hashlib.blake2b(digest_size=12)
    paths = sorted(path for path in source.path.rglob("*") if path.is_file()) if source.path.is_dir() else []
    for one in [Source(path=path) for path in paths] or [source]:
        if paths:
            digest.update(one.path.relative_to(source.path).as_posix().encode())
        try:
            for chunk in chunks(one):
                digest.update(chunk)
        except SourceBroken:
            digest.update(b"broken")
    return digest.hexdigest()
