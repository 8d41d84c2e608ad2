"""A server as `stoa up` starts it: loaded once, closed until it may serve, its workers started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from stoa.run import parts
from stoa.run.children import kill_group, spawn
from stoa.run.locks import closed
from stoa.run.tests.folders import data_folder

PATIENCE = 30.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers load for themselves")


@dataclass(frozen=True, kw_only=True)
class Answer:
    loaded_as: str
    worker: int
    main: int


@pytest.fixture
def gate() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder / "preparing"


def test_nobody_is_served_before_the_gate_opens_and_all_workers_share_one_load(gate: Path) -> None:
    with closed(gate):
        port, server = _serve(gate)
        time.sleep(1.5)
        assert _ask(port) is None
        assert server.poll() is None

    answers = _until_workers(port, 2)

    assert len({answer.loaded_as for answer in answers}) == 1
    assert {answer.main for answer in answers} == {server.pid}
    kill_group(server.pid, signal.SIGKILL)
    server.wait()


def test_a_worker_that_is_killed_comes_back_without_loading_again(gate: Path) -> None:
    port, server = _serve(gate)
    first, second = _until_workers(port, 2)

    os.kill(first.worker, signal.SIGKILL)
    after = _until_workers(port, 2, without=first.worker)

    assert second.worker in {answer.worker for answer in after}
    assert {answer.loaded_as for answer in after} == {second.loaded_as}
    kill_group(server.pid, signal.SIGKILL)
    server.wait()


def _serve(gate: Path) -> tuple[int, subprocess.Popen[bytes]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    web = parts.web(parts.Door(host="127.0.0.1", port=port, live_port=port), workers=2, after=gate)
    # Our own pages with another application.
    command = [word for word in web.command[:-1] if not word.startswith("--load")]
    return port, spawn(
        [*command, "stoa.run.tests.one_load:application"], environment=dict(os.environ), folder=parts.ROOT
    )


def _until_workers(port: int, count: int, *, without: int = 0) -> list[Answer]:
    """Answers of so many different workers."""
    found: dict[int, Answer] = {}
    until = time.monotonic() + PATIENCE
    while len(found) < count:
        assert time.monotonic() < until, f"only {len(found)} workers answer"
        answer = _ask(port)
        if answer is None or answer.worker == without:
            time.sleep(0.05)
        else:
            found[answer.worker] = answer
    return list(found.values())


def _ask(port: int) -> Answer | None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asking:
        try:
            asking.request("GET", "/")
            loaded_as, worker, main = asking.getresponse().read().decode().split()
        except OSError:
            return None
    return Answer(loaded_as=loaded_as, worker=int(worker), main=int(main))
