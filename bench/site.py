"""A Stoa of its own on loopback for a benchmark: database, pages, learners, gone afterwards."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stoa.run import parts
from stoa.run.environment import site_environment
from stoa.run.postgres.server import Server, cluster_in

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0


def stoa(environment: Mapping[str, str], *words: str) -> None:
    """Run a command of Stoa on the site of this environment."""
    command = [sys.executable, "-m", "stoa.cli", *words]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, env=dict(environment))


@dataclass(frozen=True)
class Site:
    """A data folder whose database runs: the environment of its processes, and PostgreSQL's process."""

    environment: Mapping[str, str]
    postmaster: int


@contextmanager
def a_site() -> Iterator[Site]:
    """A new site with nothing in it, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="stoa-bench-") as folder:
        data = Path(folder)
        # The database's account, which is not root, passes through.
        data.chmod(0o711)
        server = Server(cluster_in(data))
        server.start()
        try:
            postmaster = int((server.cluster.files / "postmaster.pid").read_text().split()[0])
            own = site_environment(data) | {"STOA_DATA": str(data), "DATABASE_URL": server.cluster.url()}
            yield Site(os.environ | own, postmaster)
        finally:
            server.stop()


def inside(site: Site, module: str, *words: str) -> None:
    """Run one of our modules as a process that finds the site in its environment."""
    subprocess.run([sys.executable, "-m", module, *words], check=True, cwd=ROOT, env=dict(site.environment))


@contextmanager
def pages(environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The web process, as `stoa up` starts it: its port and its process id."""
    port = free_port()
    part = parts.web(parts.Door(host="127.0.0.1", port=port, live_port=port))
    with subprocess.Popen(part.command, cwd=ROOT, env={**environment, **part.variables}, stdout=sys.stderr) as web:
        try:
            wait_for(port)
            yield port, web.pid
        finally:
            web.terminate()
            web.wait(timeout=PATIENCE)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody answers there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}: look at the words above.")
