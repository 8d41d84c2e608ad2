"""Knows a log again by its content, whatever its name is and whatever it is packed in, and how far it was read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from stoa.insights.engine.reading.sources import Source, SourceBroken, chunks, head

WINDOW: Final = 65_536
"""Bytes before the place that are compared."""

Entry = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Place:
    """How far a log has been read: `window` is what lies right before the place."""

    key: str
    name: str
    offset: int
    window: bytes

    def after(self, text: bytes) -> "Place":
        """The place behind this text."""
        window = text[-WINDOW:] if len(text) >= WINDOW else (self.window + text)[-WINDOW:]
        return replace(self, offset=self.offset + len(text), window=window)

    @property
    def entry(self) -> Entry:
        """What the ledger keeps of it."""
        return {"file": self.name, "offset": self.offset, "check": _digest(self.window)}


def next_place(source: Source, ledger: Mapping[str, Entry]) -> Place:
    """Where to go on in this source. A log is known by its first line, and by what lies before the place reached."""
    first = head(source).partition(b"\n")[0]
    root = f"log:{_digest(first)}"
    known: list[Place] = []
    number, key = 0, root
    while key in ledger:
        entry = ledger[key]
        window = _before(source, int(entry["offset"]))
        if window is not None and _digest(window) == entry["check"]:
            known.append(Place(key=key, name=str(entry["file"]), offset=int(entry["offset"]), window=window))
        number += 1
        key = f"{root}.{number}"
    return max(known, key=lambda place: place.offset, default=Place(key=key, name=source.shown, offset=0, window=b""))


def _before(source: Source, offset: int) -> bytes | None:
    """What lies before this place, None where the source is shorter."""
    start = max(0, offset - WINDOW)
    wanted, found = offset - start, b""
    try:
        for chunk in chunks(source, start=start):
            found += chunk[: wanted - len(found)]
            if len(found) == wanted:
                break
    except SourceBroken:
        pass
    return found if len(found) == wanted else None


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()
