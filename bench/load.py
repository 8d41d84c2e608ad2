"""Many learners at once: a plain HTTP client on loopback, one connection each, bounded in time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlencode

TOKEN = "a" * 32
OK = frozenset({200, 302})


@dataclass
class Learner:
    """A browser of one learner: its session and its connection."""

    port: int
    session: str
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    times: list[float] = field(default_factory=list)

    async def get(self, path: str) -> bytes:
        """Open a page."""
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._head()}\r\n".encode())

    async def post(self, path: str, fields: Sequence[tuple[str, str]]) -> bytes:
        """Send a form."""
        body = urlencode(fields).encode()
        kind = "Content-Type: application/x-www-form-urlencoded"
        head = f"POST {path} HTTP/1.1\r\n{self._head()}{kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return await self._ask(head.encode() + body)

    def _head(self) -> str:
        cookies = f"Cookie: sessionid={self.session}; csrftoken={TOKEN}"
        return f"Host: 127.0.0.1:{self.port}\r\n{cookies}\r\nX-CSRFToken: {TOKEN}\r\nAccept-Language: en\r\n"

    async def _ask(self, request: bytes) -> bytes:
        before = time.perf_counter()
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        self.writer.write(request)
        await self.writer.drain()
        head = await self.reader.readuntil(b"\r\n\r\n")
        body = await self._body(self.reader, head.lower())
        self.times.append(time.perf_counter() - before)
        if int(head[9:12]) not in OK:
            raise RuntimeError(f"{request[:80]!r} was answered by {head[:40]!r}")
        return body

    @staticmethod
    async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
        for line in head.split(b"\r\n"):
            if line.startswith(b"content-length:"):
                return await reader.readexactly(int(line.partition(b":")[2]))
        pieces = []
        while size := int(await reader.readline(), 16):
            pieces.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(pieces)


Deed = Callable[[Learner], Awaitable[object]]


@dataclass(frozen=True)
class Rate:
    """What a time of load gave."""

    done: int
    seconds: float
    per_second: float
    p50_ms: float
    p95_ms: float


def times(port: int, sessions: Sequence[str], deed: Deed, *, count: int) -> None:
    """Do it so many times, one after the other, as one learner after the other."""

    async def run() -> None:
        learners = [Learner(port, session) for session in sessions]
        for number in range(count):
            await deed(learners[number % len(learners)])
        _close(learners)

    asyncio.run(run())


def rate(port: int, sessions: Sequence[str], deed: Deed, *, seconds: float) -> Rate:
    """Do it again and again for so long, each session on a connection of its own."""

    async def run() -> Rate:
        learners = [Learner(port, session) for session in sessions]
        before = time.perf_counter()
        done = await asyncio.gather(*(_again(learner, deed, before + seconds) for learner in learners))
        took = time.perf_counter() - before
        _close(learners)
        waits = [one * 1000 for learner in learners for one in learner.times]
        p95 = quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
        return Rate(sum(done), round(took, 2), round(sum(done) / took, 1), round(median(waits), 1), round(p95, 1))

    return asyncio.run(run())


async def _again(learner: Learner, deed: Deed, until: float) -> int:
    done = 0
    while time.perf_counter() < until:
        await deed(learner)
        done += 1
    return done


def _close(learners: Sequence[Learner]) -> None:
    for learner in learners:
        if learner.writer is not None:
            learner.writer.close()
