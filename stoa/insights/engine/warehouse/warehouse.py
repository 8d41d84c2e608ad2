"""Opens a warehouse: snapshots for readers, one change at a time for its writer."""

import fcntl
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from stoa.insights.engine.warehouse import manifest as manifests
from stoa.insights.engine.warehouse.manifest import Kept, Manifest

#: How long readers may go on with files that no longer count.
GRACE_SECONDS = 600
#: The file that its one writer holds; it lies in every warehouse that ever had one.
LOCK = "lock"


class AnotherWriter(Exception):
    """Another process writes into this warehouse."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A warehouse as one manifest says it is; its files stay for at least ten minutes after they stop counting."""

    folder: Path
    manifest: Manifest

    @property
    def version(self) -> int:
        """Counts the commits."""
        return self.manifest.version

    def files(self, part: str) -> list[str]:
        """The paths of a part's Parquet files ("silver", "statements/enrolments", "tables/person_course")."""
        return [str(self.folder / kept.path) for kept in self.manifest.files(part)]


class Change:
    """What the next commit changes. Nothing of it counts before `Warehouse.writing` ends without an error."""

    def __init__(self, folder: Path, before: Manifest) -> None:
        self._folder = folder
        self.manifest = before

    def new_file(self, part: str, *, below: str = "") -> Path:
        """Where to write a part's next file. Names are numbers in order, so the same work gives the same names."""
        name = f"{self.manifest.serial:09d}.parquet"
        self.manifest = replace(self.manifest, serial=self.manifest.serial + 1)
        path = self._folder / part / below / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # What a crashed writer left under this name is its own half work.
        path.unlink(missing_ok=True)
        return path

    def add(self, part: str, path: Path, *, rows: int, notes: Mapping[str, str | int] | None = None) -> None:
        """Let a file that lies at `new_file` count."""
        kept = Kept(path=path.relative_to(self._folder).as_posix(), rows=rows, notes=notes or {})
        self.manifest = self.manifest.with_part(part, (*self.manifest.files(part), kept))

    def drop(self, part: str, paths: Iterable[str] | None = None) -> None:
        """Let these files of the part count no longer (paths as `Kept.path`); all of them where none are named."""
        gone = None if paths is None else set(paths)
        kept = tuple(file for file in self.manifest.files(part) if gone is not None and file.path not in gone)
        self.manifest = self.manifest.with_part(part, kept)

    def note(self, source: str, entry: Mapping[str, str | int]) -> None:
        """Write into the ledger how far this source has been read."""
        self.manifest = replace(self.manifest, ledger={**self.manifest.ledger, source: dict(entry)})

    def say(self, fact: str, value: str | int) -> None:
        """Keep a small value about the whole."""
        self.manifest = replace(self.manifest, facts={**self.manifest.facts, fact: value})


class Warehouse:
    """A folder of Parquet files with one manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def snapshot(self) -> Snapshot:
        """The present state, to read from. Raises WarehouseUnreadable."""
        return Snapshot(folder=self.folder, manifest=manifests.read(self.folder))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the one writer meanwhile. Raises AnotherWriter at once where there is one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AnotherWriter(f"Another process writes into {self.folder}. Wait for it, or stop it.") from None
            yield

    @contextmanager
    def writing(self) -> Iterator[Change]:
        """One change, which counts as a whole at the end, or not at all. The caller is `alone`.

        A change that changes nothing makes no version.
        """
        before = manifests.read(self.folder)
        change = Change(self.folder, before)
        yield change
        if change.manifest == before:
            return
        for path in _new(before, change.manifest):
            _sync(self.folder / path)
        manifests.write(self.folder, replace(change.manifest, version=before.version + 1))
        # The grace of files that no longer count begins now.
        for path in _new(change.manifest, before):
            (self.folder / path).touch()

    def sweep(self, *, at: float | None = None) -> int:
        """Remove files that no longer count and are older than the grace; says how many. The caller is `alone`."""
        counted = {kept.path for files in manifests.read(self.folder).parts.values() for kept in files}
        limit = (time.time() if at is None else at) - GRACE_SECONDS
        found = [path for path in self.folder.rglob("*.parquet") if path.stat().st_mtime < limit]
        gone = [path for path in found if path.relative_to(self.folder).as_posix() not in counted]
        for path in gone:
            path.unlink()
        return len(gone)


def _new(before: Manifest, after: Manifest) -> list[str]:
    """Files that count after and not before."""
    old = {kept.path for files in before.parts.values() for kept in files}
    return sorted({kept.path for files in after.parts.values() for kept in files} - old)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
