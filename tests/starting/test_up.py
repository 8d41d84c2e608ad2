"""One command starts a site; nothing stops it but the one who started it."""

import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from stoa.run.tests.folders import data_folder
from tests.starting.sites import PATIENCE, Up, bare_environment, passwords, until, up

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("up")]


@pytest.fixture(scope="module")
def site() -> Iterator[Up]:
    with data_folder() as data, up(data) as running:
        yield running


def second(data: Path, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stoa.cli", "--data", str(data), "up", f"--port={port}"]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=bare_environment(), timeout=120)


def test_the_first_passwords_are_shown_once_and_the_secret_is_ours_alone(site: Up) -> None:
    assert len(passwords(site.said())) == 2
    assert stat.S_IMODE((site.data / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["db", "web", "live", "worker"])
def test_a_part_that_is_killed_is_started_again_and_said_so(site: Up, name: str) -> None:
    killed = site.part(name)
    killed.kill()

    # The worker may be ending by itself, since its database was killed just before.
    until(lambda: f"{name} (process {killed.pid}) " in site.said(), site)
    until(lambda: f"{name} runs again as process {site.part(name).pid}" in site.said(), site)
    until(lambda: site.status() > 0, site)


def test_every_part_knows_the_address_that_mails_name(site: Up) -> None:
    known = [site.part(name).environ()["STOA_URL"] for name in ("web", "worker", "live")]

    assert known == [f"http://localhost:{site.port}/"] * 3


def test_a_second_start_on_the_same_data_says_where_the_first_is(site: Up) -> None:
    refused = second(site.data, site.port)

    assert refused.returncode == 3
    assert f"process {site.process.pid} at http://localhost:{site.port}/" in refused.stderr


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with data_folder() as other, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = second(other, port)

    assert refused.returncode == 3
    assert f"Port {port} on 127.0.0.1 can't be used" in refused.stderr
    assert f"--port {port + 100}" in refused.stderr


def test_a_command_uses_the_database_of_the_running_site(site: Up) -> None:
    command = [sys.executable, "-m", "stoa.cli", "--data", str(site.data), "prepare", "--bare"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=bare_environment())

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    until(lambda: site.status() > 0, site)


def test_a_command_waits_for_a_database_that_is_being_started_again(site: Up) -> None:
    site.part("db").kill()

    command = [sys.executable, "-m", "stoa.cli", "--data", str(site.data), "courses", "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=bare_environment())

    assert done.returncode == 0, done.stderr
    until(lambda: site.status() > 0, site)


def test_a_site_ends_whole_killed_or_stopped_and_comes_back(site: Up) -> None:
    with data_folder() as data:
        shutil.copytree(site.data / "programs", data / "programs", symlinks=True)
        with up(data) as first:
            killed = first.everything()
            first.process.kill()
            first.process.wait()
            _, left = psutil.wait_procs(killed, timeout=PATIENCE)
            assert left == []

        with up(data, port=first.port) as again:
            stopped = again.everything()
            assert passwords(again.said()) == []
        assert again.process.returncode == 0
        assert not [process for process in stopped if process.is_running()]
