"""The spool of a site, as whoever follows it sees it: which files grew, which will grow no more. Nothing but Python."""

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

#: A process writes into the file of the hour; so long after its end nobody writes there any more.
CLOSED_AFTER = timedelta(minutes=10)
_PACKED: Final = ".zst"
_KINDS: Final = (".log", _PACKED)
#: A folder that changed so few seconds ago may change again without another time of change.
_UNSURE: Final = 2.0


@dataclass
class _Day:
    """A folder of a day: when it changed, and its files that may grow, with their sizes."""

    changed: float = 0.0
    growing: dict[str, int] = field(default_factory=dict)
    packed: set[str] = field(default_factory=set)


class Watch:
    """Remembers what was seen, and says what grew since.

    Of a folder that did not change only plain logs are looked at.
    """

    def __init__(self, spool: Path) -> None:
        self._spool = spool
        self._days: dict[str, _Day] = {}

    def grown(self) -> list[Path]:
        """Files that are new or longer than at the last call, in the order of day, hour and process."""
        if not self._spool.is_dir():
            return []
        days = sorted(entry.name for entry in os.scandir(self._spool) if entry.is_dir())
        return [self._spool / day / name for day in days for name in self._grown_in(day)]

    def _grown_in(self, day: str) -> list[str]:
        known, folder = self._days.setdefault(day, _Day()), self._spool / day
        changed = folder.stat().st_mtime
        names = set(known.growing)
        if changed != known.changed:
            names = {entry.name for entry in os.scandir(folder) if entry.name.endswith(_KINDS)}
            known.changed = changed if time.time() - changed > _UNSURE else 0.0
        return [name for name in sorted(names) if self._grew(known, folder, name)]

    def _grew(self, known: _Day, folder: Path, name: str) -> bool:
        if name.endswith(_PACKED):
            new = name not in known.packed
            known.packed.add(name)
            return new
        try:
            size = (folder / name).stat().st_size
        except FileNotFoundError:  # It was packed just now.
            known.growing.pop(name, None)
            return False
        new = known.growing.get(name) != size
        known.growing[name] = size
        return new


def is_closed(path: Path, *, at: datetime) -> bool:
    """True where a log's hour is over for good: DAY/HOUR-PROCESS.log."""
    try:
        hour = datetime.strptime(f"{path.parent.name} {path.name[:2]}", "%Y-%m-%d %H").replace(tzinfo=UTC)
    except ValueError:
        return False
    return path.suffix == ".log" and at > hour + timedelta(hours=1) + CLOSED_AFTER
