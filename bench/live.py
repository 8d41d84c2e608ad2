"""What live updates cost: thousands of listeners in one room of one process, on loopback.

python -m bench.live [--listeners 10000] [--seconds 10] [--per-second 1]

Prints a line for each figure, and one JSON object. Listeners and service share this machine, so that the times hold the
listeners' own work too.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles
from typing import cast

import uvloop

from bench.processes import cpu_of, family_of, pss
from bench.site import Site, a_site, free_port, wait_for
from stoa.kernel.clock import now
from stoa.live.announcing import announce_now
from stoa.live.tickets import ticket_for
from stoa.run import parts

TOPIC = "bench"
AT_ONCE, SPARE_FILES, PATIENCE = 250, 200, 120.0
Figures = dict[str, float]


@dataclass
class Room:
    """What all listeners heard: the delay of each message, and the number of the last one in each."""

    delays: list[float] = field(default_factory=list)
    out_of_order: int = 0
    opened: int = 0

    def hear(self, listener: "Listener", said: bytes) -> None:
        """One message has come to one listener."""
        facts = json.loads(said)
        self.delays.append(time.monotonic() - facts["at"])
        self.out_of_order += facts["n"] != listener.last + 1
        listener.last = facts["n"]


class Listener(asyncio.Protocol):
    """One EventSource."""

    def __init__(self, room: Room, request: bytes, last: int) -> None:
        self.room, self.request, self.last = room, request, last
        self.event_id = b""
        self.transport: asyncio.Transport | None = None
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        # uvloop's own is none by name.
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Read whatever lines are whole."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b'data: {"n"'):
                self.room.hear(self, line[6:])
            elif line.startswith(b"id: "):
                self.event_id = line[4:]
            elif line.startswith(b"retry:"):
                self.room.opened += 1


def main() -> None:
    """Make a site with nothing but a database and the live service, and fill its room."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listeners", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--per-second", type=float, default=1.0)
    options = parser.parse_args()
    listeners = _as_many_as_files_allow(options.listeners)
    with a_site() as site:
        os.environ.update({name: site.environment[name] for name in ("DATABASE_URL", "STOA_SECRET_KEY")})
        figures = measure(site, listeners, seconds=options.seconds, per_second=options.per_second)
    for name, value in figures.items():
        print(f"{name:<24}{value:>12,}", file=sys.stderr)
    print(json.dumps(figures))


def measure(site: Site, listeners: int, *, seconds: float, per_second: float) -> Figures:
    """Start the service, and let it be heard."""
    port = free_port()
    part = parts.live(parts.Door(host="127.0.0.1", port=port, live_port=port))
    environment = {**site.environment, **os.environ, **part.variables}
    with subprocess.Popen(part.command, env=environment, cwd=parts.ROOT, stdout=sys.stderr) as service:
        try:
            wait_for(port)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                return runner.run(_scene(service.pid, port, listeners, seconds, per_second))
        finally:
            service.send_signal(signal.SIGTERM)


async def _scene(pid: int, port: int, listeners: int, seconds: float, per_second: float) -> Figures:
    room = Room()
    empty = pss(family_of(pid))
    crowd = await _come(room, port, [0] * listeners)
    full = pss(family_of(pid))
    before = cpu_of(pid)
    messages = int(seconds * per_second)
    for number in range(1, messages + 1):
        await _say(number)
        await asyncio.sleep(1 / per_second)
    await _until(lambda: all(one.last == messages for one in crowd))
    cpu = cpu_of(pid) - before
    waits = sorted(delay * 1000 for delay in room.delays)
    away, missed = await _come_back(room, port, crowd[: listeners // 10], messages)
    return {
        "listeners": len(crowd),
        "messages": messages,
        "p50_ms": round(median(waits), 1),
        "p99_ms": round(quantiles(waits, n=100)[-1], 1),
        "slowest_ms": round(waits[-1], 1),
        "lost": listeners * messages - len(waits),
        "out_of_order": room.out_of_order,
        "kib_a_connection": round((full - empty) * 1024 / listeners, 1),
        "cpu_us_a_delivery": round(cpu / len(waits) * 1e6, 1),
        "came_back": away,
        "missed_by_who_came_back": missed,
    }


async def _come(room: Room, port: int, lasts: Sequence[int], ids: Sequence[bytes] = ()) -> list[Listener]:
    """So many listeners, each with the last message that it knows."""
    ticket = ticket_for([TOPIC], at=now())
    head = f"GET /?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n".encode()
    loop, crowd, opened = asyncio.get_running_loop(), list[Listener](), room.opened
    for start in range(0, len(lasts), AT_ONCE):
        for place in range(start, min(start + AT_ONCE, len(lasts))):
            known = b"Last-Event-ID: %s\r\n" % ids[place] if ids else b""
            listener = Listener(room, head + known + b"\r\n", lasts[place])
            await loop.create_connection(partial(_itself, listener), "127.0.0.1", port)
            crowd.append(listener)
        wanted = opened + len(crowd)
        await _until(partial(_is_open, room, wanted))
    return crowd


def _is_open(room: Room, wanted: int) -> bool:
    return room.opened >= wanted


def _itself(listener: Listener) -> Listener:
    return listener


async def _come_back(room: Room, port: int, some: Sequence[Listener], messages: int) -> tuple[int, int]:
    """Some go away, five messages are said, they come back with the last id they know: how many miss anything."""
    for one in some:
        if one.transport:
            one.transport.close()
    await asyncio.sleep(1)
    for number in range(messages + 1, messages + 6):
        await _say(number)
    await asyncio.sleep(1)
    back = await _come(room, port, [one.last for one in some], [one.event_id for one in some])
    await asyncio.sleep(2)
    return len(back), sum(one.last != messages + 5 for one in back)


async def _say(number: int) -> None:
    await asyncio.to_thread(announce_now, topic=TOPIC, event="said", data={"n": number, "at": time.monotonic()})


async def _until(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_true() and time.monotonic() < end:  # noqa: ASYNC110 -- what is awaited is no event
        await asyncio.sleep(0.05)
    if not is_true():
        raise TimeoutError("The service is too slow, or gone: look at the words above.")


def _as_many_as_files_allow(listeners: int) -> int:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard >= listeners + SPARE_FILES:
        return listeners
    fewer = hard - SPARE_FILES
    print(f"Only {hard} files may be open: {fewer} listeners instead. Raise it: ulimit -n 65536", file=sys.stderr)
    return fewer


if __name__ == "__main__":
    main()
