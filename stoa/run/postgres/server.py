"""Runs the embedded server: starts it, knows when it is ready, stops it."""

import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import psycopg
from psycopg import sql

from stoa.run.accounts import account_for, quiet_environment
from stoa.run.children import kill_group, spawn
from stoa.run.failures import CannotStart
from stoa.run.postgres.cluster import DATABASE, Cluster
from stoa.run.postgres.programs import programs_for

_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",
    "log_line_prefix": "",
}
_TRIES = 3
_PATIENCE = 60.0
_PATIENCE_WITH_THE_LAST = 5.0
_STATE_LINE = 7


def cluster_in(data: Path) -> Cluster:
    """The database of a data folder, with the programs and the account that run it."""
    data = data.resolve()
    return Cluster(data=data, programs=programs_for(data / "programs"), account=account_for(data / "postgres"))


class Server:
    """One PostgreSQL server as our child."""

    def __init__(self, cluster: Cluster, *, settings: Mapping[str, str] | None = None) -> None:
        self.cluster = cluster
        self._settings = {**_SETTINGS, **(settings or {})}
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Prepare the files, start, wait until it answers. Orphans of a killed server can fail the first try."""
        self.stop()
        self.prepare()
        words = b""
        for _ in range(_TRIES):
            with TemporaryFile() as said:
                self._child = self.launch(output=said)
                if self.wait(self._child):
                    self.make_database()
                    return
                self.stop()
                said.seek(0)
                words = said.read()
            time.sleep(0.3)
        raise CannotStart(f"The database in {self.cluster.files} doesn't start:\n{words.decode(errors='replace')}")

    def prepare(self) -> None:
        """Make or check the files; let the server of a supervisor that was killed end first, as it was told to."""
        self.cluster.prepare()
        until = time.monotonic() + _PATIENCE_WITH_THE_LAST
        while self._lives() and time.monotonic() < until:
            time.sleep(0.02)

    def _lives(self) -> bool:
        try:
            pid = (self.cluster.files / "postmaster.pid").read_text().split("\n", 1)[0]
            return (Path("/proc") / pid / "stat").read_text().split()[1] == "(postgres)"
        except (OSError, IndexError):
            return False

    def launch(self, *, output: int | IO[bytes] | None = None) -> subprocess.Popen[bytes]:
        """Start the server's process and return at once."""
        mine = self.cluster.account.is_me
        settings = {**self._settings, "unix_socket_directories": str(self.cluster.socket)}
        return spawn(
            [self.cluster.programs.path("postgres"), "-D", self.cluster.files, *_flags(settings)],
            environment=quiet_environment(),
            folder=self.cluster.files,
            uid=None if mine else self.cluster.account.uid,
            gid=None if mine else self.cluster.account.gid,
            when_orphaned=signal.SIGINT,
            output=output,
        )

    def wait(self, child: subprocess.Popen[bytes], *, patience: float = _PATIENCE) -> bool:
        """True once this very child is ready; False when it ended. A crash leaves a file that says ready too."""
        until = time.monotonic() + patience
        while child.poll() is None and time.monotonic() < until:
            if self.is_ready(child.pid):
                return True
            time.sleep(0.01)
        return False

    def is_ready(self, pid: int) -> bool:
        """True where the server with this process number says that it takes connections."""
        try:
            lines = (self.cluster.files / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, PermissionError):
            return False
        return len(lines) > _STATE_LINE and lines[0].strip() == str(pid) and lines[_STATE_LINE].strip() == "ready"

    def make_database(self) -> None:
        """Stoa's own database, at the first start."""
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def stop(self) -> None:
        """Stop fast: transactions end, what was committed stays."""
        if self._child is None:
            return
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGINT)
            try:
                self._child.wait(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:
                kill_group(self._child.pid)
                self._child.wait()
        self._child = None


def _flags(settings: Mapping[str, str]) -> list[str]:
    return [f"--{name}={value}" for name, value in settings.items()]


@contextmanager
def running(data: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of the data folder's database, whose server runs as long as the block."""
    server = Server(cluster_in(data), settings=settings)
    server.start()
    try:
        yield server.cluster.url()
    finally:
        server.stop()
