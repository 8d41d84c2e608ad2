"""Once a day, a process of its own compares the tables with what all events make; where they differ comes a build."""

import subprocess
import sys
from pathlib import Path

from stoa.insights.engine.metrics.build import build, is_behind
from stoa.insights.engine.warehouse.warehouse import Warehouse

_DAY = 86_400
_LOOK_EVERY = 60
_FACT = "checked"
#: What `stoa insights build --check` exits with where tables are as they should be, and where one differs.
_SAME, _DIFFERS = 0, 3


class DailyCheck:
    """Compares, and repairs. The caller is `alone`."""

    def __init__(self, warehouse: Warehouse, *, command: tuple[str, ...] = ()) -> None:
        self._warehouse = warehouse
        self._command = command or _command(warehouse.folder)
        self._running: subprocess.Popen[bytes] | None = None
        self._looks_at = 0.0

    @property
    def runs(self) -> bool:
        """Whether it compares just now."""
        return self._running is not None

    def step(self, *, at: float) -> bool:
        """Begin or end what is due; True where tables were made anew. `at` in seconds since 1970."""
        if self._running is None:
            if at >= self._looks_at and self._is_due(at):
                self._running = subprocess.Popen(self._command)  # noqa: S603 -- our own command
            return False
        ended = self._running.poll()
        if ended is None:
            return False
        self._running = None
        if ended == _DIFFERS:
            sys.stderr.write("insights: tables differed from what their events make, and are made anew.\n")
            build(self._warehouse)
        elif ended != _SAME:
            sys.stderr.write(f"insights: tables could not be compared with their events (exit code {ended}).\n")
        self._say(at)
        return ended == _DIFFERS

    def stop(self) -> None:
        """End a comparison that is under way."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait()

    def _is_due(self, at: float) -> bool:
        self._looks_at = at + _LOOK_EVERY
        manifest = self._warehouse.snapshot().manifest
        if is_behind(manifest):
            return False
        if _FACT not in manifest.facts:  # These tables were made just now, and not batch by batch.
            self._say(at)
            return False
        return at - int(manifest.facts[_FACT]) >= _DAY

    def _say(self, at: float) -> None:
        with self._warehouse.writing() as change:
            change.say(_FACT, int(at))


def _command(folder: Path) -> tuple[str, ...]:
    return sys.executable, "-m", "stoa.cli", "insights", "build", "--check", "--warehouse", str(folder)
