"""Keeps the processes of a site running, and stops them all together."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from stoa.run.children import kill_group, spawn
from stoa.run.errands import Errand
from stoa.run.failures import CannotStart
from stoa.run.parts import Part
from stoa.run.postgres.server import Server
from stoa.run.watched import Watched
from stoa.run.words import say

_TURN = 0.5
_SOON = 0.02
_MODULE = 2
_PATIENCE = 30.0
_PATIENCE_AT_THE_END = 8.0


class Stopped(Exception):
    """Someone asked us to stop."""


class Supervisor:
    """Starts the database first, then whatever uses it; what dies is started again, and said so."""

    def __init__(self, *, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._watched: list[Watched] = []
        self._pipes = selectors.DefaultSelector()
        self._stop_asked = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Take the signals of the terminal and of the children; on the way out stop every process."""
        read, write = os.pipe()
        for descriptor in (read, write):
            os.set_blocking(descriptor, False)
        self._pipes.register(read, selectors.EVENT_READ, None)
        before = {number: signal.signal(number, self._ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
        # A handler must stand for a child's death to wake us.
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        waker = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        try:
            yield
        except Stopped:
            say("stopping")
        finally:
            self._stop_all()
            signal.set_wakeup_fd(waker)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._pipes.close()
            os.close(read)
            os.close(write)

    def start_database(self, server: Server) -> None:
        """Start the embedded database and wait until it answers."""
        server.prepare()
        database = self._watch("db", lambda: server.launch(output=subprocess.PIPE))
        self.wait_until(lambda: database.pid is not None and server.is_ready(database.pid))
        server.make_database()

    def start(self, part: Part, *, errand: Errand | None = None) -> None:
        """Start a part and keep it running; its first process may have an errand."""
        errands = [errand] if errand else []
        self._watch(part.name, lambda: self._spawn(part, output=subprocess.PIPE, errands=errands))

    def finish(self, part: Part, *, errand: Errand) -> None:
        """Run a part that ends by itself and without which there is no site: as an errand of another that lives."""
        errand.give(part.command[_MODULE:])
        while not errand.is_over():
            self._turn(_SOON)
        if self._see_through(part) if errand.code is None else errand.code:
            raise CannotStart(f"`stoa {part.name}` failed; what it said stands above.")

    def attend(self, part: Part) -> None:
        """Run a part that ends by itself, and that the site can do without."""
        if self._see_through(part):
            say(f"`stoa {part.name}` failed; the site goes on without, and it is tried again at the next start.")

    def wait_until(self, is_true: Callable[[], bool]) -> None:
        """Look after the children until something is true."""
        until = time.monotonic() + _PATIENCE
        while not is_true():
            self._turn(_SOON)
            if time.monotonic() > until:
                names = ", ".join(watched.name for watched in self._watched)
                raise CannotStart(f"Not ready after {_PATIENCE:.0f} seconds. Running: {names}.")

    def run(self) -> None:
        """Look after the children until someone asks us to stop."""
        while True:
            self._turn(_TURN)

    def _see_through(self, part: Part) -> int:
        """The exit code of a part that ends by itself; its words go straight to the screen."""
        child = self._spawn(part, output=None)
        try:
            while child.poll() is None:
                self._turn(_TURN)
        finally:
            kill_group(child.pid)
            child.wait()
        return child.returncode

    def _turn(self, patience: float) -> None:
        """Pass on what the children say, then see who has died."""
        for key, _ in self._pipes.select(patience):
            if isinstance(key.data, Watched):
                if not key.data.listen():
                    self._pipes.unregister(key.fd)
            else:
                with suppress(BlockingIOError):
                    os.read(key.fd, 4096)
        if self._stop_asked:
            raise Stopped
        for watched in self._watched:
            watched.look_after(self._pipes)

    def _watch(self, name: str, start: Callable[[], subprocess.Popen[bytes]]) -> Watched:
        watched = Watched(name, start)
        self._watched.append(watched)
        watched.launch(self._pipes)
        return watched

    def _spawn(self, part: Part, *, output: int | None, errands: list[Errand] | None = None) -> subprocess.Popen[bytes]:
        errand = errands.pop() if errands else None
        child = spawn(
            [*part.command, *([f"--errand={errand.descriptor}"] if errand else [])],
            environment={**os.environ, **self._environment, **part.variables},
            folder=self._folder,
            when_orphaned=part.when_orphaned,
            output=output,
            inherited=[errand.descriptor] if errand else [],
        )
        if errand:
            errand.hand_over()
        return child

    def _ask_to_stop(self, *_: object) -> None:
        self._stop_asked = True

    def _stop_all(self) -> None:
        """The database last: whoever uses it ends its work first."""
        users = [watched for watched in self._watched if watched.name != "db"]
        for group, number in ((users, signal.SIGTERM), (self._watched, signal.SIGINT)):
            for watched in group:
                watched.tell(number)
            until = time.monotonic() + _PATIENCE_AT_THE_END
            for watched in group:
                watched.end(until)
