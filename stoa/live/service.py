"""The live service: a raw ASGI application that streams server-sent events. No session, no ORM."""

import asyncio
import logging
import os
import resource
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast
from urllib.parse import parse_qs

import psycopg

from stoa.kernel.clock import now
from stoa.live.announcing import CHANNEL
from stoa.live.hub import Hub, Waiting
from stoa.live.tickets import TicketRefused, topics_of

log = logging.getLogger(__name__)
# ASGI's own types: its messages are open dictionaries.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BEAT = 15.0
_ENOUGH_FILES = 4096
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-accel-buffering", b"no"),
]
_WORDS = [(b"content-type", b"text/plain; charset=utf-8"), (b"access-control-allow-origin", b"*")]


class Service:
    """One process's hub, its connection to the database, and its streams."""

    hub: Hub

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        # Not before: a process that was forked from one that loaded us needs a hub with numbers of its own.
        self.hub = Hub()
        _raise_file_limit()
        self._tasks = [asyncio.create_task(self._hear()), asyncio.create_task(self._beat())]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in self._tasks:
            task.cancel()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The empty body comes first; a stream that doesn't take it ends after its first frame.
        await receive()
        if scope["path"].endswith("/health"):
            await _say(send, 200, f"{self.hub.size} listening\n")
            return
        ticket = parse_qs(scope["query_string"].decode("ascii", "replace")).get("ticket", [""])[0]
        try:
            topics = topics_of(ticket, at=now())
        except TicketRefused as refused:
            # 204 tells EventSource not to come back with the same ticket.
            log.info("%s", refused)
            await _say(send, 204, "")
            return
        last_id = _last_id(scope)
        # Thousands lie open for hours: none keeps what it was asked with.
        scope.clear()
        await self._stream(topics, last_id, receive, send)

    async def _stream(self, topics: tuple[str, ...], last_id: str, receive: Receive, send: Send) -> None:
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def give(chunk: bytes) -> Waiting | None:
            # granian sends at once, and gives a future where the reader is behind: no task wakes for each delivery.
            sent = send({"type": "http.response.body", "body": chunk, "more_body": True})
            return cast("Waiting", sent) if hasattr(sent, "add_done_callback") else None

        def end(_: object = None) -> None:
            if not over.done():
                over.set_result(None)

        listener = self.hub.join(topics, last_id, give=give, end=end)
        # A future of granian's: a task for each stream would take a tenth of its memory.
        gone = cast("asyncio.Future[Message]", receive())
        gone.add_done_callback(end)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
            await send({"type": "http.response.body", "body": b"retry: 2000\n: hello\n\n", "more_body": True})
            listener.begin()
            await over
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            self.hub.leave(listener)

    async def _hear(self) -> None:
        """Listen to the database; after a break tell everyone to look again, since NOTIFY isn't kept."""
        pause = 0.1
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
                    await line.execute(f"LISTEN {CHANNEL}")
                    self.hub.resync()
                    pause = 0.1
                    async for notice in line.notifies():
                        self.hub.publish(notice.payload)
            except psycopg.OperationalError as reason:
                log.warning("The database doesn't answer (%s); trying again.", str(reason).strip().splitlines()[0])
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            self.hub.beat()


def _last_id(scope: Scope) -> str:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("ascii", "replace") for name, value in headers if name == b"last-event-id"), "")


async def _say(send: Send, status: int, words: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _WORDS})
    await send({"type": "http.response.body", "body": words.encode(), "more_body": False})


def _raise_file_limit() -> None:
    """Each stream is an open file: take as many as the system grants, and say so where that is few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard < _ENOUGH_FILES:
        log.warning("Only %s files may be open, so about as many can listen. Raise it: ulimit -n 65536", hard)
