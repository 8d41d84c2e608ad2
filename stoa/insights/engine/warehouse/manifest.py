"""The manifest: which files of a warehouse count. It is replaced as a whole, by an atomic rename."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
#: The fact up to which number rows are in the tables; NOWHERE where they must be made anew.
BUILT_SEQ, NOWHERE = "built_seq", -1


class WarehouseUnreadable(Exception):
    """This folder holds no warehouse that this version of Stoa can read."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One file of the warehouse: its path from the warehouse's folder, its rows, and what its writer notes about it."""

    path: str
    rows: int
    notes: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A state of the warehouse: its version counts commits, `parts` are its files by part ("silver", "tables/course").

    `serial` is the number that the next file takes; `ledger` says how far each source has been read (its keys and
    values are the reader's own); `facts` are small values about the whole, such as the time of the last event.
    """

    version: int = 0
    serial: int = 0
    parts: Mapping[str, tuple[Kept, ...]] = field(default_factory=dict)
    ledger: Mapping[str, Mapping[str, str | int]] = field(default_factory=dict)
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def files(self, part: str) -> tuple[Kept, ...]:
        """The files of this part, in the order in which they came."""
        return self.parts.get(part, ())

    def rows(self, part: str) -> int:
        """How many rows the part has."""
        return sum(file.rows for file in self.files(part))

    def with_part(self, part: str, files: tuple[Kept, ...]) -> "Manifest":
        """The same with other files in this part; a part without files is left out."""
        parts = {**self.parts, part: files}
        return replace(self, parts={name: kept for name, kept in sorted(parts.items()) if kept})


def read(folder: Path) -> Manifest:
    """The present state. A folder without a manifest is an empty warehouse.

    Raises WarehouseUnreadable where the manifest is of another format or no manifest at all.
    """
    path = folder / NAME
    try:
        found = json.loads(path.read_bytes())
        if found["format"] != FORMAT:
            raise WarehouseUnreadable(
                f"{path} has format {found['format']}, and this Stoa reads {FORMAT}: ingest the logs into a new folder."
            )
        return Manifest(
            version=found["version"],
            serial=found["serial"],
            parts={part: tuple(Kept(**kept) for kept in files) for part, files in found["parts"].items()},
            ledger=found["ledger"],
            facts=found["facts"],
        )
    except FileNotFoundError:
        return Manifest()
    except (KeyError, TypeError, ValueError) as reason:
        raise WarehouseUnreadable(f"{path} is no manifest ({reason}): ingest the logs into a new folder.") from None


def write(folder: Path, manifest: Manifest) -> None:
    """Make this the state of the warehouse: a crash leaves the old one or this one, never half."""
    path, new = folder / NAME, folder / f"{NAME}.new"
    with new.open("wb") as file:
        file.write(_bytes(manifest))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """What was renamed in this folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _bytes(manifest: Manifest) -> bytes:
    shape = {
        "format": FORMAT,
        "version": manifest.version,
        "serial": manifest.serial,
        "parts": {
            part: [{"path": kept.path, "rows": kept.rows, "notes": dict(kept.notes)} for kept in files]
            for part, files in manifest.parts.items()
        },
        "ledger": {source: dict(entry) for source, entry in sorted(manifest.ledger.items())},
        "facts": dict(sorted(manifest.facts.items())),
    }
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode()
