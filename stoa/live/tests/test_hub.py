import asyncio
import json

import pytest

from stoa.live.hub import REMEMBERED, RESYNC, SLOWEST, Hub


def said(topic: str, n: int) -> str:
    return json.dumps({"topic": topic, "event": "count", "data": {"n": n}})


def wire(number: int, n: int) -> bytes:
    return f'id: 1-{number}\nevent: count\ndata: {{"n": {n}}}\n\n'.encode()


def test_a_listener_hears_its_topics_in_order_and_no_other() -> None:
    async def scene() -> bytes | None:
        hub = Hub(born=1)
        listener = hub.join(("a",), "")
        for n, topic in enumerate(["a", "b", "a"]):
            hub.publish(said(topic, n))
        return await listener.take()

    assert asyncio.run(scene()) == wire(1, 0) + wire(3, 2)


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
    async def scene() -> bytes | None:
        hub = Hub(born=1)
        for n in range(3):
            hub.publish(said("a", n))
        await asyncio.sleep(0.02)
        return await hub.join(("a",), last_id).take()

    assert asyncio.run(scene()) == missed


def test_who_comes_back_within_a_tenth_of_a_second_hears_nothing_twice() -> None:
    async def scene() -> bytes:
        hub = Hub(born=1)
        for n in range(2):
            hub.publish(said("a", n))
        await asyncio.sleep(0.02)
        hub.publish(said("a", 2))
        back = hub.join(("a",), "1-1")
        heard = await back.take() or b""
        return heard + (await back.take() or b"")

    assert asyncio.run(scene()) == wire(2, 1) + wire(3, 2)


def test_many_topics_do_not_fill_the_memory_and_whoever_misses_one_reads_the_page_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stoa.live.hub.TOPICS", 2)

    async def scene() -> list[bytes | None]:
        hub = Hub(born=1)
        for n, topic in enumerate(["a", "b", "a", "c"]):
            hub.publish(said(topic, n))
        await asyncio.sleep(0.02)
        return [await hub.join((topic,), "1-1").take() for topic in "abc"]

    assert asyncio.run(scene()) == [wire(3, 2), RESYNC, wire(4, 3)]


def test_who_missed_too_much_reads_the_page_again() -> None:
    async def scene() -> bytes | None:
        hub = Hub(born=1)
        for n in range(REMEMBERED + 2):
            hub.publish(said("a", n))
        return await hub.join(("a",), "1-1").take()

    assert asyncio.run(scene()) == RESYNC


def test_a_slow_listener_is_dropped_and_holds_up_nobody() -> None:
    async def scene() -> tuple[bytes | None, bytes | None]:
        hub = Hub(born=1)
        slow, fast = hub.join(("a",), ""), hub.join(("a",), "")
        for _ in range(SLOWEST + 1):
            hub.beat()
            await fast.take()
        hub.publish(said("a", 5))
        return await slow.take(), await fast.take()

    assert asyncio.run(scene()) == (None, wire(1, 5))


def test_what_leaves_is_counted_no_more() -> None:
    hub = Hub(born=1)
    one, other = hub.join(("a", "b"), ""), hub.join(("a",), "")

    assert hub.size == 2
    hub.leave(one)
    hub.leave(other)
    assert hub.size == 0


def test_many_messages_at_once_travel_together() -> None:
    async def scene() -> list[bytes | None]:
        hub = Hub(born=1)
        listener = hub.join(("a",), "")
        hub.publish(said("a", 0))
        first = await listener.take()
        for n in (1, 2, 3):
            hub.publish(said("a", n))
            await asyncio.sleep(0)
        return [first, await listener.take()]

    assert asyncio.run(scene()) == [wire(1, 0), wire(2, 1) + wire(3, 2) + wire(4, 3)]
