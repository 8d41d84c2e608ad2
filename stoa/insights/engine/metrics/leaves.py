"""Parts in leaves: files that each hold a stretch of a part's order, so that a change rewrites what it touches only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stoa.insights.engine.metrics.writers import WRITERS, Write, writers
from stoa.insights.engine.warehouse.manifest import Kept
from stoa.insights.engine.warehouse.warehouse import Change

Places = NDArray[np.int64]
#: A leaf holds about so many values, and at most twice as many; rows of one registration are never parted.
VALUES: Final = 500_000
_SIDES: Final[Sequence[Literal["left", "right"]]] = ("left", "right")
#: Where the first leaf begins: before everything.
NOWHERE: Final = -1
_FROM: Final = "from"
_LAST_LEARNER: Final = (1 << 32) - 1
#: So few of the touched that rows are put between others stretch by stretch.
_FEW: Final = 100
#: So many leaves are held between reading and replacing.
_HELD: Final = 4


def places(course: Places, learner: Places | None = None) -> Places:
    """Where rows of a course and learner, or of a course alone, stand in the order of a part."""
    found = course.astype(np.int64) << 32
    return found if learner is None else found | learner.astype(np.int64)


def courses_at(some: Places) -> Places:
    """The courses of these places."""
    return np.unique(some >> 32)


@dataclass(frozen=True, kw_only=True)
class Leaves:
    """The leaves of a part, in its order: each begins at a place, the first one with everything before it."""

    files: tuple[Kept, ...]
    begins: Places

    @classmethod
    def of(cls, files: Sequence[Kept]) -> "Leaves":
        """Of a part's files; files that another engine wrote are one leaf together."""
        begins = np.array([int(kept.notes.get(_FROM, NOWHERE)) for kept in files], np.int64)
        if len(begins):
            begins[0] = NOWHERE
        return cls(files=tuple(files), begins=begins)

    @property
    def whole(self) -> bool:
        """True where only all of it can be replaced, as nobody knows which row lies where."""
        return not len(self.begins) or bool((self.begins[1:] < 0).any())

    def leaf_of(self, some: Places) -> Places:
        """The leaf that each of these places belongs to."""
        if self.whole:
            return np.zeros(len(some), np.int64)
        return np.searchsorted(self.begins, some, side="right") - 1

    def holding(self, some: Places) -> list[int]:
        """The leaves that these places belong to."""
        found: list[int] = np.unique(self.leaf_of(some)).tolist()
        return found

    def touched(self, some: Places, *, by_course: bool) -> list[int]:
        """The leaves that hold rows of these registrations, or of all registrations in these courses."""
        if not by_course:
            return self.holding(some)
        spans = zip(self.leaf_of(some).tolist(), self.leaf_of(some | _LAST_LEARNER).tolist(), strict=True)
        return sorted({leaf for first, last in spans for leaf in range(first, last + 1)})

    def begin(self, leaf: int) -> int:
        """Where a leaf begins."""
        return NOWHERE if self.whole else int(self.begins[leaf])

    def paths(self, folder: Path, which: Iterable[int]) -> list[str]:
        """The files of these leaves."""
        kept = self.files if self.whole else [self.files[number] for number in which]
        return [str(folder / one.path) for one in kept]


@dataclass(frozen=True, kw_only=True)
class Remade:
    """Rows that stand for all old rows of the touched, in order; `by_course`: the touched are courses."""

    touched: Places
    rows: pa.Table
    by_course: bool

    def places_of(self, rows: pa.Table) -> Places:
        """What decides which row is replaced, and where a new one belongs."""
        return places(rows["course"].to_numpy()) if self.by_course else _places_of(rows)

    def among(self, rows: pa.Table, new: pa.Table) -> pa.Table:
        """These rows without those of the touched, with the new ones in their order."""
        old = self.places_of(rows)
        if len(self.touched) <= _FEW and bool((old[1:] >= old[:-1]).all()):
            return self._spliced(rows, old, new)
        here = np.minimum(np.searchsorted(self.touched, old), len(self.touched) - 1)
        kept = self.touched[here] != old
        both = pa.concat_tables([rows.filter(pa.array(kept)), new])
        order = np.argsort(np.concatenate([old[kept], self.places_of(new)]), kind="stable")
        return both.take(pa.array(order))

    def _spliced(self, rows: pa.Table, old: Places, new: pa.Table) -> pa.Table:
        """The same for a few, where rows are in order: nothing is moved."""
        coming, pieces, at = self.places_of(new), list[pa.Table](), 0
        spans = (np.searchsorted(place, self.touched, side=side) for place in (old, coming) for side in _SIDES)
        for first, end, begin, last in zip(*(span.tolist() for span in spans), strict=True):
            pieces += [rows.slice(at, first - at), new.slice(begin, last - begin)]
            at = end
        return pa.concat_tables([*pieces, rows.slice(at)]).combine_chunks()


class Shelf:
    """Where a part is written, leaf by leaf."""

    def __init__(self, change: Change, part: str, folder: Path) -> None:
        self._change = change
        self._part = part
        self._folder = folder
        self._held: dict[str, pa.Table] = {}

    def of(self, touched: Places, schema: pa.Schema) -> pa.Table:
        """The rows of these registrations."""
        leaves = Leaves.of(self._change.manifest.files(self._part))
        found = [
            _among(self._read(path, schema), touched) for path in leaves.paths(self._folder, leaves.holding(touched))
        ]
        return pa.concat_tables([schema.empty_table(), *found])

    def put(self, rows: pa.RecordBatchReader) -> None:
        """Let these rows, in their order, be the part from now on."""
        with writers() as write:
            pieces = _cut((pa.Table.from_batches([batch]) for batch in rows), rows.schema, NOWHERE)
            self._keep(self._write(pieces, write))

    def replace(self, remade: Remade) -> None:
        """Let these rows stand in the place of all rows of the touched, in the leaves that hold some."""
        with writers() as write:
            self.replace_by(remade, write)

    def replace_by(self, remade: Remade, write: Write) -> None:
        """The same by writers who may write other parts too, and who may not be ready yet."""
        old = Leaves.of(self._change.manifest.files(self._part))
        which = [0] if old.whole else old.touched(remade.touched, by_course=remade.by_course)
        leaf = old.leaf_of(remade.places_of(remade.rows))
        starts, ends = (np.searchsorted(leaf, which, side=side).tolist() for side in ("left", "right"))

        def merged(turn: int) -> list[tuple[int, pa.Table]]:
            new = remade.rows.slice(starts[turn], ends[turn] - starts[turn])
            rows = [self._read(path, new.schema) for path in old.paths(self._folder, [which[turn]])]
            held = remade.among(pa.concat_tables(rows), new)
            return list(_cut([held], new.schema, _begin(old.begin(which[turn]), held)))

        made = self._write((piece for pieces in _two_by_two(merged, len(which)) for piece in pieces), write)
        gone = set(range(len(old.files)) if old.whole else which)
        kept = [
            (int(old.begins[number]), self._folder / one.path, one.rows)
            for number, one in enumerate(old.files)
            if number not in gone
        ]
        every = sorted([*kept, *made], key=lambda leaf: leaf[0])
        self._keep([leaf for leaf in every if leaf[2]] or every[:1])

    def _read(self, path: str, schema: pa.Schema) -> pa.Table:
        if path not in self._held:
            rows = pq.read_table(path).cast(schema)
            if len(self._held) >= _HELD:
                return rows
            self._held[path] = rows
        return self._held[path]

    def _keep(self, leaves: Sequence[tuple[int, Path, int]]) -> None:
        self._change.drop(self._part)
        for begin, path, rows in leaves:
            self._change.add(self._part, path, rows=rows, notes={_FROM: begin})

    def _write(self, pieces: Iterable[tuple[int, pa.Table]], write: Write) -> list[tuple[int, Path, int]]:
        made = list[tuple[int, Path, int]]()
        for begin, table in pieces:
            path = self._change.new_file(self._part)
            made.append((begin, path, table.num_rows))
            write(path, table)
        return made


def _begin(before: int, held: pa.Table) -> int:
    """Where a leaf begins now: what it held of a course may have gone to the leaf in which that course begins."""
    return before if before == NOWHERE or not held.num_rows else max(before, int(_places_of(held.slice(0, 1))[0]))


def _two_by_two(work: Callable[[int], list[tuple[int, pa.Table]]], turns: int) -> Iterator[list[tuple[int, pa.Table]]]:
    """What the work gives at each turn; the next turns go on meanwhile."""
    with ThreadPoolExecutor(WRITERS) as readers:
        waiting = [readers.submit(work, turn) for turn in range(min(turns, WRITERS))]
        for turn in range(turns):
            found = waiting.pop(0).result()
            if turn + WRITERS < turns:
                waiting.append(readers.submit(work, turn + WRITERS))
            yield found


def _among(rows: pa.Table, some: Places) -> pa.Table:
    return rows.filter(pa.array(np.isin(_places_of(rows), some)))


def _cut(rows: Iterable[pa.Table], schema: pa.Schema, begin: int) -> Iterator[tuple[int, pa.Table]]:
    """Stretches of rows, and where each begins; the first one at `begin`, though it be empty."""
    size = max(1, VALUES // len(schema.names))
    held = schema.empty_table()
    for piece in rows:
        held = pa.concat_tables([held, piece])
        while end := _end_of(held, size):
            yield begin, held.slice(0, end)
            held = held.slice(end)
            begin = int(_places_of(held.slice(0, 1))[0])
    yield begin, held


def _end_of(held: pa.Table, size: int) -> int:
    """Where to cut so that no registration is parted; 0 where there is too little."""
    if held.num_rows < 2 * size:
        return 0
    found = _places_of(held.slice(size - 1))
    moved = np.flatnonzero(found[1:] != found[:-1])
    return size + int(moved[0]) if len(moved) else 0


def _places_of(rows: pa.Table) -> Places:
    """Where rows stand; those of a part without courses are never parted."""
    if "course" not in rows.column_names:
        return np.zeros(rows.num_rows, np.int64)
    learner = rows["learner"].to_numpy() if "learner" in rows.column_names else None
    return places(rows["course"].to_numpy(), learner)
