"""The live service as a process, with a real PostgreSQL behind it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psutil
import psycopg
import pytest

from stoa.kernel.clock import now
from stoa.live.announcing import LONGEST, Announcer, TooLong, Unheard, announce, announce_now
from stoa.live.tickets import ticket_for
from stoa.run import parts
from stoa.run.children import kill_group, spawn
from stoa.run.postgres.server import running
from stoa.run.tests.folders import data_folder


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with data_folder() as data, running(data) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        port = _free_port()
        part = parts.live(parts.Door(host="127.0.0.1", port=port, live_port=port))
        child = spawn(part.command, environment=dict(os.environ), folder=parts.ROOT)
        _wait_for(port)
        _until(_lines)
        yield port
        kill_group(child.pid, signal.SIGKILL)
        child.wait()


def test_what_is_announced_at_a_commit_is_heard(port: int) -> None:
    with _listen(port, "import-7") as stream:
        _announce("import-7", 50)
        first = _event(stream)
        with psycopg.connect(os.environ["DATABASE_URL"]) as line:
            announce(line.cursor(), topic="import-7", event="progress", data={"done": 0})
            line.rollback()
        _announce("import-7", 51)
        second = _event(stream)

    assert [first[1:], second[1:]] == [
        ["event: progress", 'data: {"done": 50}'],
        ["event: progress", 'data: {"done": 51}'],
    ]


def test_who_was_away_hears_what_was_said_meanwhile(port: int) -> None:
    with _listen(port, "import-8") as stream:
        _announce("import-8", 1)
        last = _event(stream)[0].removeprefix("id: ")
    _announce("import-8", 2)
    time.sleep(0.3)

    with _listen(port, "import-8", last_id=last) as stream:
        assert _event(stream)[1:] == ["event: progress", 'data: {"done": 2}']


def test_who_reads_nothing_for_a_while_then_gets_everything_in_order(port: int) -> None:
    """More than the kernel keeps for a reader, so that the service has to wait for this one."""
    long, count = "x" * 7000, 1500
    with _listen(port, "import-10", narrow=True) as stream, psycopg.connect(os.environ["DATABASE_URL"]) as line:
        for n in range(count):
            announce(line.cursor(), topic="import-10", event="progress", data={"n": n, "long": long})
            if n % 100 == 99:
                line.commit()
                # So that each hundred is a chunk of its own.
                time.sleep(0.15)
        heard = [json.loads(_event(stream)[2].removeprefix("data: "))["n"] for _ in range(count)]

    assert heard == list(range(count))


def test_who_has_gone_is_counted_no_more(port: int) -> None:
    before = _listening(port)
    with _listen(port, "import-11"):
        during = _listening(port)

    _until(lambda: _listening(port) == before)
    assert (during, _listening(port)) == (before + 1, before)


def test_who_comes_back_to_another_process_is_told_to_read_the_page_again(port: int) -> None:
    with _listen(port, "import-9") as stream:
        _announce("import-9", 1)
        last = _event(stream)[0].removeprefix("id: ")
    [worker] = [one for one in psutil.Process().children(recursive=True) if _serves(one)]
    lines = _lines()
    worker.kill()
    worker.wait(timeout=10)
    _wait_for(port)
    _until(lambda: _lines() - lines)

    with _listen(port, "import-9", last_id=last) as stream:
        assert stream.readline() == b": hello\n"
        assert stream.readline() == b"\n"
        assert stream.readline() == b"event: resync\n"


def test_a_bad_ticket_opens_no_stream(port: int) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    asking.request("GET", "/?ticket=forged.ticket")

    assert asking.getresponse().status == 204
    asking.close()


def test_any_page_may_listen_with_its_ticket(port: int) -> None:
    with _listen(port, "x") as stream:
        assert stream.getheader("access-control-allow-origin") == "*"
        assert stream.getheader("content-type") == "text/event-stream; charset=utf-8"


def test_an_announcement_too_long_for_the_database_is_refused() -> None:
    with pytest.raises(TooLong):
        announce_now(topic="x", event="y", data={"text": "a" * LONGEST})


def test_who_tells_again_and_again_is_heard_over_a_line_that_broke(port: int) -> None:
    with closing(Announcer()) as tell, _listen(port, "counts") as stream:
        tell(topic="counts", event="read", data={"events": 1})
        first = _event(stream)
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
            ended = line.execute(_END).fetchall()
        tell(topic="counts", event="read", data={"events": 2})
        second = _event(stream)

    assert ended == [(True,)]
    assert [one[2] for one in (first, second)] == ['data: {"events": 1}', 'data: {"events": 2}']


_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_notify%'"


def test_who_tells_while_the_database_is_away_is_told_so_and_may_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:9/nowhere?connect_timeout=1")

    with pytest.raises(Unheard, match="cannot be reached"):
        Announcer()(topic="counts", event="read", data={"events": 1})


def _lines() -> set[int]:
    """The connections of live services that hear what the database says."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as line:
        return {pid for (pid,) in line.execute("SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN %'")}


def _until(is_true: Callable[[], object]) -> None:
    until = time.monotonic() + 10
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.05)


def _listening(port: int) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asking:
        asking.request("GET", "/health")
        return int(asking.getresponse().read().split()[0])


def _serves(process: psutil.Process) -> bool:
    """Whether it is a worker of the live service: its main process is what we started."""
    try:
        return "--interface=asgi" in process.cmdline() and process.ppid() != os.getpid()
    except psutil.ZombieProcess:  # it ended, and nobody has asked how
        return False


def _announce(topic: str, done: int) -> None:
    announce_now(topic=topic, event="progress", data={"done": done})


@contextmanager
def _listen(port: int, topic: str, *, last_id: str = "", narrow: bool = False) -> Iterator[http.client.HTTPResponse]:
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    if narrow:
        asking.sock = socket.socket()
        asking.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asking.sock.connect(("127.0.0.1", port))
    headers = {"Last-Event-ID": last_id} if last_id else {}
    with closing(asking):
        asking.request("GET", f"/?ticket={ticket_for([topic], at=now())}", headers=headers)
        with closing(asking.getresponse()) as answer:
            assert answer.readline() == b"retry: 2000\n"
            yield answer


def _event(stream: http.client.HTTPResponse) -> list[str]:
    """The next event's three lines."""
    while not (line := stream.readline().decode()).startswith("id:"):
        assert line, "the stream ended"
    return [line.strip(), stream.readline().decode().strip(), stream.readline().decode().strip()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=1)) as asking:
            try:
                asking.request("GET", "/health")
                asking.getresponse().read()
            except OSError:
                time.sleep(0.1)
            else:
                return
    raise subprocess.TimeoutExpired("live", 20)
