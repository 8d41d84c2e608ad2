import asyncio
import json
from collections.abc import Callable

import pytest

from stoa.live.hub import REMEMBERED, RESYNC, SLOWEST, Hub, Listener

TURN = 0.02
"""More than a turn of the loop, less than the tenth of a second between two chunks."""


class Reader:
    """One who takes each chunk at once, or waits with it until told to."""

    def __init__(self, *, slow: bool = False) -> None:
        self.heard: list[bytes] = []
        self.ended = False
        self._slow = slow
        self._takes: list[Callable[[object], None]] = []

    def add_done_callback(self, callback: Callable[[object], None], /) -> None:
        self._takes.append(callback)

    def take(self) -> None:
        """Take what lies on the line."""
        takes, self._takes = self._takes, []
        for callback in takes:
            callback(None)

    def give(self, chunk: bytes) -> "Reader | None":
        self.heard.append(chunk)
        return self if self._slow else None

    def end(self) -> None:
        self.ended = True


def joins(hub: Hub, *topics: str, last_id: str = "", reader: Reader | None = None) -> tuple[Listener, Reader]:
    reader = reader or Reader()
    listener = hub.join(topics, last_id, give=reader.give, end=reader.end)
    listener.begin()
    return listener, reader


def said(topic: str, n: int) -> str:
    return json.dumps({"topic": topic, "event": "count", "data": {"n": n}})


def wire(number: int, n: int) -> bytes:
    return f'id: 1-{number}\nevent: count\ndata: {{"n": {n}}}\n\n'.encode()


def test_a_listener_hears_its_topics_in_order_and_no_other() -> None:
    async def scene() -> list[bytes]:
        hub = Hub(born=1)
        _, reader = joins(hub, "a")
        for n, topic in enumerate(["a", "b", "a"]):
            hub.publish(said(topic, n))
        await asyncio.sleep(TURN)
        return reader.heard

    assert asyncio.run(scene()) == [wire(1, 0) + wire(3, 2)]


def test_what_comes_before_the_line_is_open_waits_for_it() -> None:
    async def scene() -> tuple[list[bytes], list[bytes]]:
        hub, reader = Hub(born=1), Reader()
        listener = hub.join(("a",), "", give=reader.give, end=reader.end)
        hub.publish(said("a", 0))
        await asyncio.sleep(TURN)
        before = list(reader.heard)
        listener.begin()
        return before, reader.heard

    assert asyncio.run(scene()) == ([], [wire(1, 0)])


@pytest.mark.parametrize(
    ("last_id", "missed"),
    [
        ("1-1", wire(2, 1) + wire(3, 2)),
        ("1-3", b": nothing missed\n\n"),
        ("7-1", RESYNC),
        ("nonsense", RESYNC),
    ],
)
def test_who_comes_back_gets_what_was_missed(last_id: str, missed: bytes) -> None:
    async def scene() -> list[bytes]:
        hub = Hub(born=1)
        for n in range(3):
            hub.publish(said("a", n))
        await asyncio.sleep(TURN)
        return joins(hub, "a", last_id=last_id)[1].heard

    assert asyncio.run(scene()) == [missed]


def test_who_comes_back_within_a_tenth_of_a_second_hears_nothing_twice() -> None:
    async def scene() -> list[bytes]:
        hub = Hub(born=1)
        for n in range(2):
            hub.publish(said("a", n))
        await asyncio.sleep(TURN)
        hub.publish(said("a", 2))
        _, reader = joins(hub, "a", last_id="1-1")
        await asyncio.sleep(0.15)
        return reader.heard

    assert asyncio.run(scene()) == [wire(2, 1), wire(3, 2)]


def test_many_topics_do_not_fill_the_memory_and_whoever_misses_one_reads_the_page_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stoa.live.hub.TOPICS", 2)

    async def scene() -> list[list[bytes]]:
        hub = Hub(born=1)
        for n, topic in enumerate(["a", "b", "a", "c"]):
            hub.publish(said(topic, n))
        await asyncio.sleep(TURN)
        return [joins(hub, topic, last_id="1-1")[1].heard for topic in "abc"]

    assert asyncio.run(scene()) == [[wire(3, 2)], [RESYNC], [wire(4, 3)]]


def test_who_missed_too_much_reads_the_page_again() -> None:
    async def scene() -> list[bytes]:
        hub = Hub(born=1)
        for n in range(REMEMBERED + 2):
            hub.publish(said("a", n))
        return list(joins(hub, "a", last_id="1-1")[1].heard)

    assert asyncio.run(scene()) == [RESYNC]


def test_a_slow_listener_gets_what_it_left_in_one_piece() -> None:
    hub = Hub()
    _, slow = joins(hub, "a", reader=Reader(slow=True))
    for _ in range(3):
        hub.beat()

    before = list(slow.heard)
    slow.take()

    assert before == [b": beat\n\n"]
    assert slow.heard == [b": beat\n\n", b": beat\n\n: beat\n\n"]
    assert not slow.ended


def test_a_listener_too_slow_is_ended_and_holds_up_nobody() -> None:
    hub = Hub()
    _, slow = joins(hub, "a", reader=Reader(slow=True))
    _, fast = joins(hub, "a")
    for _ in range(SLOWEST + 2):
        hub.beat()

    slow.take()

    assert (slow.ended, fast.ended) == (True, False)
    assert (len(slow.heard), len(fast.heard)) == (1, SLOWEST + 2)


def test_what_leaves_is_counted_no_more() -> None:
    hub = Hub()
    (one, _), (other, _) = joins(hub, "a", "b"), joins(hub, "a")

    assert hub.size == 2
    hub.leave(one)
    hub.leave(other)
    assert hub.size == 0


def test_many_messages_at_once_travel_together() -> None:
    async def scene() -> list[bytes]:
        hub = Hub(born=1)
        _, reader = joins(hub, "a")
        hub.publish(said("a", 0))
        await asyncio.sleep(TURN)
        for n in (1, 2, 3):
            hub.publish(said("a", n))
            await asyncio.sleep(0)
        await asyncio.sleep(0.15)
        return reader.heard

    assert asyncio.run(scene()) == [wire(1, 0), wire(2, 1) + wire(3, 2) + wire(4, 3)]
