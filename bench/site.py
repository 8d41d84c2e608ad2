"""A Stoa of its own on loopback for a benchmark: database, pages, learners, gone afterwards."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 4
PATIENCE = 60.0


def stoa(data: Path, *words: str) -> None:
    """Run a command of Stoa on the site."""
    command = [sys.executable, "-m", "stoa.cli", "--data", str(data), *words]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@contextmanager
def pages(environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The web process, as `stoa up` starts it: its port and its process id."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(WORKERS), f"--blocking-threads={THREADS}", "--no-access-log", "config.wsgi:application"),
    ]
    with subprocess.Popen(command, cwd=ROOT, env={**environment, "STOA_POOL": "1"}, stdout=sys.stderr) as web:
        try:
            _wait_for(port)
            yield port, web.pid
        finally:
            web.terminate()
            web.wait(timeout=PATIENCE)


def children_of(pid: int) -> list[int]:
    """The process and everything that it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += children_of(int(child))
    return found


def cpu_of(pid: int) -> float:
    """Seconds of CPU that the process, its children and those that ended have used."""
    tick = os.sysconf("SC_CLK_TCK")
    return sum(_ticks(Path(f"/proc/{one}/stat"), ended=one == pid) for one in children_of(pid)) / tick


def _ticks(stat: Path, *, ended: bool) -> int:
    try:
        # user, system, and the same of children that ended
        numbers = stat.read_text().rpartition(")")[2].split()[11:15]
    except FileNotFoundError:
        return 0
    return sum(map(int, numbers if ended else numbers[:2]))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}: look at the words above.")
