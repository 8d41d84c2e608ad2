"""An errand of a server that is being started: run in a copy of it, on our screen, and told of."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stoa.run import parts
from stoa.run.children import kill_group, spawn
from stoa.run.errands import Errand

PATIENCE = 30.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is loaded before")


@pytest.mark.parametrize("code", [0, 3])
def test_it_runs_in_a_copy_of_the_server_and_its_code_comes_back(
    code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (may_end := tmp_path / "end").touch()
    with _a_server(errand := Errand()) as server:
        errand.give(["stoa.run.tests.an_errand", str(code), str(may_end)])
        _until_over(errand)

    assert capfd.readouterr().out == f"True {server.pid}\n"
    assert errand.code == code


def test_a_server_that_is_killed_is_told_from_one_that_answers(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with _a_server(errand := Errand()) as server:
        errand.give(["stoa.run.tests.an_errand", "0", str(tmp_path / "never")])
        copy = _copy_of(server)
        assert not errand.is_over()
        server.kill()
        _until_over(errand)

    assert errand.code is None
    assert not Path(f"/proc/{copy}/cmdline").exists() or not Path(f"/proc/{copy}/cmdline").read_bytes()
    capfd.readouterr()


def test_an_errand_for_a_server_that_has_ended_is_over_at_once() -> None:
    with _a_server(errand := Errand()) as server:
        server.kill()
        server.wait()
        errand.give(["stoa.run.tests.an_errand", "0", "/"])
        _until_over(errand)

    assert errand.code is None


@contextmanager
def _a_server(errand: Errand) -> Iterator[subprocess.Popen[bytes]]:
    web = parts.web(parts.Door(host="127.0.0.1", port=0, live_port=0))
    command = [word for word in web.command[:-1] if not word.startswith("--load")]
    server = spawn(
        [
            *command,
            "--load=stoa.run.tests.one_load",
            f"--errand={errand.descriptor}",
            "stoa.run.tests.one_load:application",
        ],
        environment=dict(os.environ),
        folder=parts.ROOT,
        inherited=[errand.descriptor],
    )
    errand.hand_over()
    try:
        yield server
    finally:
        kill_group(server.pid)
        server.wait()


def _until_over(errand: Errand) -> None:
    until = time.monotonic() + PATIENCE
    while not errand.is_over():
        assert time.monotonic() < until
        time.sleep(0.02)


def _copy_of(server: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + PATIENCE
    while not (children := Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()):
        assert time.monotonic() < until
        time.sleep(0.02)
    return int(children[0])
