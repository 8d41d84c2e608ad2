"""Answers many callers at once over a socket: so many and no more, and none for ever."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, Protocol

from stoa.insights.engine.asking.door import BadFrame, receive, send
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.rules.wire import NotWhatItSays

AT_ONCE: Final = 32
"""So many callers are listened to at once; the others wait in the socket's queue."""
PATIENCE: Final = 10.0
REFUSED: Final = b"!"
"""The first byte of an answer that is none: the words after it say why."""


class Answering(Protocol):
    """Whoever knows the answers."""

    def answer(self, question: bytes) -> bytes:
        """The answer to a question."""
        ...


class Service:
    """Takes callers from a socket until it is stopped."""

    def __init__(self, taking: socket.socket, answers: Answering, *, signed_with: bytes) -> None:
        self._taking = taking
        self._answers = answers
        self._signed_with = signed_with
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._callers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="caller")
        self._stopped = threading.Event()
        self.last_asked = time.monotonic()

    def run(self) -> None:
        """Take callers until someone says `stop`."""
        self._taking.settimeout(0.5)
        while not self._stopped.is_set():
            if not self._places.acquire(timeout=0.5):
                continue
            try:
                line, _ = self._taking.accept()
            except OSError:
                self._places.release()
                continue
            self._callers.submit(self._serve, line)
        self._callers.shutdown(wait=True, cancel_futures=True)

    def stop(self) -> None:
        """Take no more callers."""
        self._stopped.set()

    def _serve(self, line: socket.socket) -> None:
        self.last_asked = time.monotonic()
        try:
            with line, suppress(OSError, BadFrame):
                line.settimeout(PATIENCE)
                send(line, self._reply(receive(line, signed_with=self._signed_with)), signed_with=self._signed_with)
        finally:
            self._places.release()

    def _reply(self, question: bytes) -> bytes:
        try:
            return self._answers.answer(question)
        except (NotWhatItSays, WarehouseUnreadable) as reason:
            return REFUSED + str(reason).encode()
