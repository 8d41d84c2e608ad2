"""The registrations of a warehouse by the files they lie in: what did not change is neither read nor counted again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow.parquet as pq

from stoa.insights.engine.asking.columns import LEARNERS
from stoa.insights.engine.asking.crowd import Crowd, Numbers, crowd_of, joined, parts_of, recoded
from stoa.insights.engine.metrics.leaves import Leaves, places
from stoa.insights.engine.warehouse.warehouse import Snapshot
from stoa.insights.rules.dimensions import Dimension

PERSON_COURSE = "tables/person_course"
DAYS = "state/days"
#: A file of registrations, and the files that tell on which days they acted.
Name = tuple[str, ...]
_LATEST = 65_534


@dataclass(frozen=True, kw_only=True)
class _File:
    """The registrations of a file with keys of their own, and where they stand; nowhere where nobody asks."""

    crowd: Crowd
    places: Numbers


class Pieces:
    """Keeps what it has read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._files: dict[str, _File] = {}
        self._own: dict[Name, Crowd] = {}
        self._pieces: dict[Name, Crowd] = {}
        self._having: dict[Dimension, Counter[str]] = {dimension: Counter() for dimension in Dimension}
        self._crowd: Crowd | None = None

    def crowd(self, snapshot: Snapshot) -> Crowd:
        """Everybody as of a snapshot."""
        names = list(_names(snapshot))
        if self._crowd is not None and names == list(self._own):
            return self._crowd
        # Where this fails half way, the next one starts from nothing.
        before, self._crowd = self._crowd, None
        self._take(names, placed=bool(snapshot.files(DAYS)))
        keys = {dimension: tuple(sorted(+held)) for dimension, held in self._having.items()}
        known = self._pieces if before and before.keys == keys else {}
        pieces = {name: known.get(name) or recoded(one, keys) for name, one in self._own.items()}
        crowd = _moved(before, known, pieces) if before and known else joined([*pieces.values()])
        self._pieces = dict(zip(pieces, parts_of(crowd, [*self._own.values()]), strict=True))
        self._crowd = crowd
        return crowd

    def _take(self, names: Sequence[Name], *, placed: bool) -> None:
        """Read what is new, forget what is gone; each piece with keys of its own."""
        files = {path: self._files.get(path) or self._file(path, placed=placed) for path, *_ in names}
        for path in {*self._files} ^ {*files}:
            step = 1 if path in files else -1
            for dimension, keys in (files.get(path) or self._files[path]).crowd.keys.items():
                self._having[dimension].update(dict.fromkeys(keys, step))
        self._files = files
        held, taken = dict[str, tuple[Numbers, Numbers]](), dict[Name, Crowd]()
        for name in names:
            if name in self._own:
                taken[name] = self._own[name]
                continue
            held = {path: held.get(path) or _days_of(path) for path in name[1:]}
            taken[name] = _acting(files[name[0]], [*held.values()])
        self._own = taken

    def _file(self, path: str, *, placed: bool) -> _File:
        crowd = crowd_of([path], self._connection)
        if not placed:
            return _File(crowd=crowd, places=np.zeros(0, np.int64))
        query = f"SELECT course, learner FROM read_parquet(?) WHERE {LEARNERS}"  # noqa: S608 -- a name of this room
        found = self._connection.execute(query, [path]).fetchnumpy()
        return _File(crowd=crowd, places=places(found["course"], found["learner"]))


def _names(snapshot: Snapshot) -> Iterator[Name]:
    """Each file of registrations with those of the days on which they acted."""
    people, days = (Leaves.of(snapshot.manifest.files(part)) for part in (PERSON_COURSE, DAYS))
    ends = [*people.begins[1:].tolist(), np.iinfo(np.int64).max]
    for kept, begin, end in zip(people.files, people.begins.tolist(), ends, strict=True):
        first, last = (0, -1) if people.whole else days.leaf_of(np.array([begin, end - 1])).tolist()
        which = range(first, last + 1) if not people.whole else range(len(days.files))
        acted = days.paths(snapshot.folder, which) if days.files else []
        yield (str(snapshot.folder / kept.path), *acted)


def _days_of(path: str) -> tuple[Numbers, Numbers]:
    """Who acted, and on which day."""
    table = pq.read_table(path, columns=["course", "learner", "day", "nevents"])
    day, events = table["day"].to_numpy(), table["nevents"].to_numpy()
    there = (day >= 0) & (day <= _LATEST) & (events > 0)
    who = places(table["course"].to_numpy()[there], table["learner"].to_numpy()[there])
    return who, day[there].astype(np.uint16)


def _acting(file: _File, days: Sequence[tuple[Numbers, Numbers]]) -> Crowd:
    """The registrations of a file with the days on which they acted."""
    if not days:
        return file.crowd
    if not len(file.places):
        return replace(file.crowd, active_who=np.zeros(0, np.int32), active_on=np.zeros(0, np.uint16))
    who, on = (np.concatenate(columns) for columns in zip(*days, strict=True))
    order = np.argsort(file.places, kind="stable")
    place = np.minimum(np.searchsorted(file.places, who, sorter=order), len(order) - 1)
    mine = order[place].astype(np.int32)
    there = file.places[mine] == who
    return replace(file.crowd, active_who=mine[there], active_on=on[there])


def _moved(before: Crowd, old: Mapping[Name, Crowd], new: Mapping[Name, Crowd]) -> Crowd:
    """The crowd of new pieces, with what was counted of the old ones counted on."""
    gone, come = ([some[name] for name in some if name not in other] for some, other in ((old, new), (new, old)))
    made = joined([*new.values()])
    counted = before.cubes.moved(made.columns, gone=[one.columns for one in gone], come=[one.columns for one in come])
    daily = before.by_day.moved(gone=[one.by_day for one in gone], come=[one.by_day for one in come])
    return replace(made, counted=counted, daily=daily)
