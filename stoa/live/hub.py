"""Who listens to what: joins what happens within a tenth of a second, remembers the last of it, drops the slow."""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

REMEMBERED = 200
"""So many frames of a topic are kept for those who come back."""
TOPICS = 10_000
"""So many topics have a past; the one that was quiet the longest loses its own first."""
SLOWEST = 50
PACE = 0.1
RESYNC = b"event: resync\ndata: {}\n\n"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One event as it goes over the wire, with its place in the order."""

    number: int
    wire: bytes


class Waiting(Protocol):
    """A chunk that a reader has not taken yet."""

    def add_done_callback(self, callback: Callable[[object], None], /) -> None:
        """Call back when it is taken."""


Give = Callable[[bytes], Waiting | None]
"""Hands a chunk to the line; what comes back is to be waited for, unless it is taken already."""


class Listener:
    """One open stream. What is pushed goes straight on to its line; only what a slow reader leaves is kept here."""

    def __init__(self, topics: tuple[str, ...], give: Give, end: Callable[[], None]) -> None:
        self.topics = topics
        self._give = give
        self._end = end
        self._kept: list[bytes] = []
        self._held = True
        self._over = False

    def begin(self) -> None:
        """The line is open: let go what has been pushed so far."""
        self._go_on(None)

    def push(self, chunk: bytes) -> None:
        """Give it more; one that hasn't taken the last chunks is ended and will come back."""
        if not self._held:
            self._pass_on(chunk)
        elif len(self._kept) < SLOWEST:
            self._kept.append(chunk)
        elif not self._over:
            self._over = True
            self._end()

    def _pass_on(self, chunk: bytes) -> None:
        waiting = self._give(chunk)
        if waiting is not None:
            self._held = True
            waiting.add_done_callback(self._go_on)

    def _go_on(self, _: object) -> None:
        self._held = self._over
        if self._kept and not self._held:
            chunk = b"".join(self._kept)
            self._kept.clear()
            self._pass_on(chunk)


@dataclass
class Hub:
    """Everyone who listens, and the last frames of each topic."""

    # Numbers of one process never look like another's: a stranger's number means that we can't know what it missed.
    born: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    _number: int = 0
    _listeners: dict[str, set[Listener]] = field(default_factory=lambda: defaultdict(set))
    _past: dict[str, deque[Frame]] = field(default_factory=dict)
    _forgotten: dict[str, int] = field(default_factory=dict)
    _swept: int = 0
    """The newest frame of all topics whose past was given up."""
    _waiting: dict[str, list[Frame]] = field(default_factory=lambda: defaultdict(list))
    _flush_at: float = 0.0
    _flush_planned: bool = False

    def join(self, topics: tuple[str, ...], last_id: str, *, give: Give, end: Callable[[], None]) -> Listener:
        """A new stream, which first gets what it missed since `last_id`; `end` is called where it is too slow."""
        listener = Listener(topics, give, end)
        if last_id:
            listener.push(self._missed(topics, last_id))
        for topic in topics:
            self._listeners[topic].add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget the stream; a topic that nobody hears any more keeps its past."""
        for topic in listener.topics:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]

    def publish(self, message: str) -> None:
        """An announcement has come: remember it, and send it with the others of this tenth of a second."""
        said = json.loads(message)
        self._number += 1
        topic, number = said["topic"], self._number
        data = json.dumps(said["data"], ensure_ascii=False)
        wire = f"id: {self.born}-{number}\nevent: {said['event']}\ndata: {data}\n\n".encode()
        frame = Frame(number=number, wire=wire)
        self._remember(topic, frame)
        self._waiting[topic].append(frame)
        self._plan_flush()

    def beat(self) -> None:
        """Show every stream, and the proxies between, that the line is open."""
        self._to_all(b": beat\n\n")

    def resync(self) -> None:
        """Tell everyone that something may be lost: read the page again."""
        self._to_all(RESYNC)

    @property
    def size(self) -> int:
        """How many streams are open."""
        return len({listener for listeners in self._listeners.values() for listener in listeners})

    def _remember(self, topic: str, frame: Frame) -> None:
        # Taken out and put in again, so that the topic that was quiet the longest comes first.
        past = self._past[topic] = self._past.pop(topic, deque(maxlen=REMEMBERED))
        if len(past) == REMEMBERED:
            self._forgotten[topic] = past[0].number
        past.append(frame)
        if len(self._past) > TOPICS:
            quiet = next(iter(self._past))
            self._swept = max(self._swept, self._past.pop(quiet)[-1].number)
            self._forgotten.pop(quiet, None)

    def _missed(self, topics: tuple[str, ...], last_id: str) -> bytes:
        born, _, number = last_id.partition("-")
        if born != str(self.born) or not number.isdecimal():
            return RESYNC
        last = int(number)
        if any(self._forgotten_of(topic) > last for topic in topics):
            return RESYNC
        frames = [frame for topic in topics for frame in self._sent_of(topic) if frame.number > last]
        return (
            b"".join(frame.wire for frame in sorted(frames, key=lambda frame: frame.number)) or b": nothing missed\n\n"
        )

    def _forgotten_of(self, topic: str) -> int:
        """The newest frame of the topic that nobody can get any more."""
        return self._forgotten.get(topic, 0) if topic in self._past else self._swept

    def _sent_of(self, topic: str) -> list[Frame]:
        """The frames that went out; those that wait for their tenth of a second come to everyone soon."""
        waiting = len(self._waiting.get(topic, ()))
        past = list(self._past.get(topic, ()))
        return past[: max(0, len(past) - waiting)]

    def _plan_flush(self) -> None:
        if self._flush_planned:
            return
        self._flush_planned = True
        loop = asyncio.get_running_loop()
        loop.call_at(max(loop.time(), self._flush_at), self._flush)

    def _flush(self) -> None:
        self._flush_planned = False
        self._flush_at = asyncio.get_running_loop().time() + PACE
        waiting, self._waiting = self._waiting, defaultdict(list)
        for topic, frames in waiting.items():
            chunk = b"".join(frame.wire for frame in frames)
            for listener in self._listeners.get(topic, ()):
                listener.push(chunk)

    def _to_all(self, chunk: bytes) -> None:
        for listener in {listener for listeners in self._listeners.values() for listener in listeners}:
            listener.push(chunk)
