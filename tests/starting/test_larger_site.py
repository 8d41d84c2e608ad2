"""A site on a PostgreSQL server elsewhere: whole, or each part by itself."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import psycopg
import pytest

from stoa.run.postgres.server import running
from stoa.run.tests.folders import data_folder
from tests.starting.sites import PATIENCE, bare_environment, free_ports, up

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("up")]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a database that is not the site's own."""
    with data_folder() as elsewhere, running(elsewhere) as address:
        yield address


def test_up_starts_no_database_where_another_is_named(server: str) -> None:
    with data_folder() as data, up(data, DATABASE_URL=server) as site:
        children = psutil.Process(site.process.pid).children()

        assert site.status() == 200
        assert not [child for child in children if "postgres" in child.name()]
        assert not (data / "postgres").exists()


def test_each_part_runs_alone(server: str) -> None:
    port = free_ports()
    with data_folder() as data:
        stoa = [sys.executable, "-m", "stoa.cli", "--data", str(data)]
        environment = bare_environment() | {"DATABASE_URL": server}
        subprocess.run([*stoa, "prepare", "--bare"], check=True, env=environment, capture_output=True)
        with (
            alone([*stoa, "web", f"--port={port}", "--workers=1"], environment),
            alone([*stoa, "live", f"--port={port + 1}"], environment),
            alone([*stoa, "worker"], environment),
        ):
            soon(lambda: answer(f"http://localhost:{port}/catalogue/")[0] == 200)
            soon(lambda: answer(f"http://localhost:{port + 1}/health") == (200, b"0 listening\n"))
            soon(lambda: workers(server) == 1)

        assert not (data / "postgres").exists()


@contextmanager
def alone(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """One part; what ends it is a signal, as from a service manager."""
    with subprocess.Popen(command, env=environment) as part:
        try:
            yield
            assert part.poll() is None
        finally:
            part.terminate()
            part.wait(timeout=PATIENCE)


def soon(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.1)


def answer(address: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 -- an address on loopback
            return page.status, page.read()
    except OSError:
        return 0, b""


def workers(server: str) -> int:
    with psycopg.connect(server) as line:
        row = line.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
    return int(row[0]) if row else 0
