"""The processes that make a site."""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stoa.run.ports import Port

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4


@dataclass(frozen=True, kw_only=True)
class Part:
    """One process: how it is started, and which signal ends it when its supervisor is gone."""

    name: str
    command: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)
    when_orphaned: signal.Signals = signal.SIGTERM


_FROM_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared with, never bound to
_NAMES = dict.fromkeys((*_FROM_HERE, *_FROM_HERE.values()), "localhost")


def reached_at(host: str) -> str:
    """The address at which this machine itself reaches what serves there: `0.0.0.0` means all of them."""
    return _FROM_HERE.get(host, host)


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where a site is reached."""

    host: str
    port: int
    live_port: int

    @property
    def address(self) -> str:
        """What one types into a browser."""
        return f"http://{_NAMES.get(self.host, self.host)}:{self.port}/"

    @property
    def ports(self) -> tuple[Port, ...]:
        """What the site needs for itself."""
        return (
            Port(host=self.host, number=self.port, option="--port"),
            Port(host=self.host, number=self.live_port, option="--live-port"),
        )


def web(door: Door, *, workers: int = WORKERS, threads: int = THREADS, after: Path | None = None) -> Part:
    """The pages; they are loaded at once, and served when nobody holds the lock `after` any more."""
    return Part(
        name="web",
        command=(
            *_serving("wsgi", door.host, door.port),
            f"--workers={workers}",
            f"--threads={threads}",
            "--load=config.loaded",
            *([f"--after={after}"] if after else []),
            "config.wsgi:application",
        ),
        variables={"STOA_KEEP_CONNECTIONS": "1", "STOA_LIVE_PORT": str(door.live_port)},
    )


def live(door: Door, *, listeners: int = 12_000) -> Part:
    """Live updates: one process that thousands listen to."""
    return Part(
        name="live",
        command=(
            *_serving("asgi", door.host, door.live_port),
            f"--at-once={listeners}",
            "config.asgi:application",
        ),
    )


def worker(data: Path) -> Part:
    """Jobs and schedules. A job whose worker is killed is taken up again by the next one."""
    return Part(
        name="worker",
        command=(sys.executable, "-m", "stoa.cli", "--data", str(data), "worker"),
        when_orphaned=signal.SIGKILL,
    )


def insights(data: Path) -> Part:
    """Who the learners are: follows the event log and answers the pages of Insights."""
    return Part(name="insights", command=(sys.executable, "-m", "stoa.cli", "--data", str(data), "insights", "follow"))


def _serving(interface: str, host: str, port: int) -> tuple[str, ...]:
    return (sys.executable, "-m", "stoa.run.serving", f"--interface={interface}", f"--host={host}", f"--port={port}")
