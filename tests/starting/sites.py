"""A whole site for tests: `stoa up` on a data folder of its own."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

PATIENCE = 120.0


class Up:
    """A running `stoa up`."""

    def __init__(self, data: Path, *, port: int = 0, **variables: str) -> None:
        self.data = data
        self.port = port or free_ports()
        self.words = data / "up.log"
        with self.words.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "stoa.cli", "--data", str(data), "up", "--bare", f"--port={self.port}"],
                stdout=log,
                stderr=log,
                env=bare_environment() | variables,
            )

    def said(self) -> str:
        return self.words.read_text()

    def wait_until_up(self) -> None:
        until(lambda: "Stoa is at" in self.said(), self)

    def part(self, name: str) -> psutil.Process:
        """The present process of a part; one that was killed is waited for."""
        sign = {"db": "postgres", "web": "wsgi", "live": "asgi", "worker": "worker"}[name]
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for child in psutil.Process(self.process.pid).children():
                if any(word.endswith(sign) for word in _command_of(child)):
                    return child
            time.sleep(0.05)
        raise AssertionError(f"{name} does not run:\n{self.said()}")

    def status(self) -> int:
        """What a page answers; 0 where nobody does."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as asking:
            try:
                asking.request("GET", "/", headers={"Host": "localhost"})
                return asking.getresponse().status
            except OSError:
                return 0

    def everything(self) -> list[psutil.Process]:
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]


@contextmanager
def up(data: Path, *, port: int = 0, **variables: str) -> Iterator[Up]:
    site = Up(data, port=port, **variables)
    try:
        site.wait_until_up()
        yield site
    finally:
        site.process.send_signal(signal.SIGINT)
        site.process.wait(timeout=PATIENCE)


def until(is_true: Callable[[], object], site: Up) -> None:
    end = time.monotonic() + PATIENCE
    while not is_true():
        assert site.process.poll() is None, site.said()
        assert time.monotonic() < end, site.said()
        time.sleep(0.05)


def free_ports() -> int:
    """A port whose next one is free too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def bare_environment() -> dict[str, str]:
    """Ours without the tests' own database."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in {"STOA_DATA", "STOA_SECRET_KEY", "DATABASE_URL"}
    }


def passwords(words: str) -> list[str]:
    return re.findall(r"@stoa\.example +(\S+)", words)


def _command_of(process: psutil.Process) -> list[str]:
    """The words that started the process; none for one that has just ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []
