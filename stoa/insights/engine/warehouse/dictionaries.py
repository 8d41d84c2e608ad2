"""The dictionaries of a warehouse: names have numbers, for ever, in the order of their first appearance."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from stoa.insights.engine.warehouse.manifest import Manifest
from stoa.insights.engine.warehouse.parquet import write
from stoa.insights.engine.warehouse.warehouse import Change, Snapshot

NOBODY: Final = -1
LEARNERS: Final = "dictionaries/learners"


class Names:
    """The dictionary of one part: names to numbers. New names wait until `keep`."""

    def __init__(self, part: str, folder: Path, manifest: Manifest) -> None:
        self._part = part
        self._numbers: dict[str, int] = {}
        for kept in manifest.files(part):
            table = pq.read_table(folder / kept.path)
            self._numbers.update(zip(table["name"].to_pylist(), table["id"].to_pylist(), strict=True))
        self._kept = len(self._numbers)

    def number(self, name: str) -> int:
        """The name's number, a new one where it is new; NOBODY of an empty name."""
        if not name:
            return NOBODY
        return self._numbers.setdefault(name, len(self._numbers))

    def name(self, number: int) -> str:
        """The name of a number, empty of NOBODY."""
        return list(self._numbers)[number] if number >= 0 else ""

    def numbers(self, names: Iterable[str | None]) -> list[int]:
        """The same of many."""
        return [self.number(name or "") for name in names]

    def keep(self, change: Change) -> None:
        """Let the new names be part of the change."""
        more = len(self._numbers) - self._kept
        if not more:
            return
        # From the end: there may be millions before it.
        new = [*islice(reversed(self._numbers), more)][::-1]
        path = change.new_file(self._part)
        ids = pa.array(range(self._kept, len(self._numbers)), pa.int32())
        write(path, pa.table({"id": ids, "name": pa.array(new, pa.string())}))
        change.add(self._part, path, rows=len(new))
        self._kept = len(self._numbers)


class Learners:
    """The dictionary of learners: known by username, by user id, or by both once an event told them together.

    A row of the dictionary that comes later and has the same number replaces the earlier one.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._by_name: dict[str, int] = {}
        self._by_id: dict[int, int] = {}
        self._names: list[str] = []
        self._ids: list[int | None] = []
        self._changed: dict[int, None] = {}
        for kept in manifest.files(LEARNERS):
            table = pq.read_table(folder / kept.path)
            for number, name, user_id in zip(
                *(table[column].to_pylist() for column in table.column_names), strict=True
            ):
                self._set(number, name, user_id)

    def number(self, name: str, user_id: int | None) -> int:
        """The learner's number; NOBODY where neither is told."""
        if name:
            number = self._by_name.get(name)
            if number is None:
                # Whoever was known by the id alone has a name now.
                number = self._by_id.get(user_id) if user_id is not None else None
                if number is None or not self._names[number].startswith("#"):
                    number = len(self._names)
                self._tell(number, name, user_id)
            elif user_id is not None and self._ids[number] is None and user_id not in self._by_id:
                self._tell(number, name, user_id)
            return number
        if user_id is None:
            return NOBODY
        number = self._by_id.get(user_id)
        if number is None:
            number = len(self._names)
            self._tell(number, f"#{user_id}", user_id)
        return number

    def may_have(self, number: int, user_id: int) -> bool:
        """Whether this learner's id may be that one: it is, or none was told."""
        return self._ids[number] in {None, user_id}

    def keep(self, change: Change) -> None:
        """Let what was learnt be part of the change."""
        if not self._changed:
            return
        path = change.new_file(LEARNERS)
        numbers = list(self._changed)
        table = pa.table(
            {
                "id": pa.array(numbers, pa.int32()),
                "name": pa.array([self._names[number] for number in numbers], pa.string()),
                "user_id": pa.array([self._ids[number] for number in numbers], pa.int64()),
            }
        )
        write(path, table)
        change.add(LEARNERS, path, rows=len(numbers))
        self._changed = {}

    def _tell(self, number: int, name: str, user_id: int | None) -> None:
        self._set(number, name, user_id)
        self._changed[number] = None

    def _set(self, number: int, name: str, user_id: int | None) -> None:
        while number >= len(self._names):  # A merged file tells last of whom it learnt something last.
            self._names.append("")
            self._ids.append(None)
        self._names[number] = name
        if user_id is not None:
            self._ids[number] = user_id
            self._by_id.setdefault(user_id, number)
        if not name.startswith("#"):
            self._by_name[name] = number


def dictionary_sql(snapshot: Snapshot, part: str) -> str:
    """SQL whose rows are the dictionary, each number once: `id`, `name`, and `user_id` of learners."""
    files = [file.replace("'", "''") for file in snapshot.files(part)]
    extra = ", user_id" if part == LEARNERS else ""
    if not files:
        return (
            "SELECT NULL::INTEGER AS id, NULL::VARCHAR AS name"
            + (extra and ", NULL::BIGINT AS user_id")
            + " WHERE false"
        )
    tables = [
        f"SELECT id, name{extra}, {place} AS place FROM read_parquet('{file}')"  # noqa: S608 -- paths of the warehouse, quoted above
        for place, file in enumerate(files)
    ]
    last = "max_by(name, place) AS name" + (extra and ", max_by(user_id, place) AS user_id")
    return f"SELECT id, {last} FROM ({' UNION ALL '.join(tables)}) GROUP BY id"  # noqa: S608 -- made of the above
