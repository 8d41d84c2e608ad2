"""The spool of a site, as whoever follows it sees it: which files grew, which will grow no more. Nothing but Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

#: A process writes into the file of the hour; so long after its end nobody writes there any more.
CLOSED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Seen:
    """A file and its size."""

    path: Path
    size: int


def files(spool: Path) -> Iterator[Seen]:
    """Every file of the spool, in the order of day, hour and process."""
    if not spool.is_dir():
        return
    for day in sorted(child for child in spool.iterdir() if child.is_dir()):
        for path in sorted(day.iterdir()):
            if path.suffix in {".log", ".zst"}:
                yield Seen(path, path.stat().st_size)


class Watch:
    """Remembers what was seen, and says what grew since."""

    def __init__(self, spool: Path) -> None:
        self._spool = spool
        self._seen: dict[Path, int] = {}

    def grown(self) -> list[Path]:
        """Files that are new or longer than at the last call."""
        found = [one for one in files(self._spool) if self._seen.get(one.path) != one.size]
        self._seen.update({one.path: one.size for one in found})
        return [one.path for one in found]


def is_closed(path: Path, *, at: datetime) -> bool:
    """True where a log's hour is over for good: DAY/HOUR-PROCESS.log."""
    try:
        hour = datetime.strptime(f"{path.parent.name} {path.name[:2]}", "%Y-%m-%d %H").replace(tzinfo=UTC)
    except ValueError:
        return False
    return path.suffix == ".log" and at > hour + timedelta(hours=1) + CLOSED_AFTER
