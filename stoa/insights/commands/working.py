"""`stoa insights work`: reads the spool, keeps the tables, answers pages; `stoa insights follow` starts and ends it."""

import os
import signal
import socket
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import click

from stoa.insights.commands.countries import ip_database_option
from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.asking.door import key
from stoa.insights.engine.asking.serving import Service
from stoa.insights.engine.following.checking import DailyCheck
from stoa.insights.engine.following.follower import Follower, compress_closed
from stoa.insights.engine.metrics.workplace import workplace
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import AnotherWriter, Snapshot, Warehouse
from stoa.insights.rules.announcements import COUNTED, READ, TOPIC
from stoa.live.announcing import Announcer, Unheard

_IDLE = float(os.environ.get("STOA_INSIGHTS_IDLE", "120"))
_BREATH = 0.05


@click.command()
@click.argument("number", type=int)
@ip_database_option
@click.pass_context
def work(ctx: click.Context, number: int) -> None:
    """Work as long as there is something to do; NUMBER is the socket that pages ask at.

    \b
    Example:
      stoa insights follow        starts it

    Exit codes: 0 nothing left to do, 1 failed, 2 wrong use.
    """
    data: Path = ctx.find_root().params["data"]
    warehouse = Warehouse(data / "insights")
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    service = Service(socket.socket(fileno=number), Answers(warehouse), signed_with=key())
    answering = threading.Thread(target=service.run)
    answering.start()
    try:
        with warehouse.alone(), workplace() as place, closing(Announced()) as announced:
            follower = Follower(warehouse, data / "spool", at=place, tell=announced.counted, tell_read=announced.read)
            _follow(follower, DailyCheck(warehouse), service, stopped)
            compress_closed(data / "spool")
    except (AnotherWriter, WarehouseUnreadable) as reason:
        click.echo(f"stoa insights follow: {reason}", err=True)
        sys.exit(1)
    finally:
        service.stop()
        answering.join()


def _follow(follower: Follower, check: DailyCheck, service: Service, stopped: threading.Event) -> None:
    parent, last = os.getppid(), time.monotonic()
    while not stopped.is_set() and os.getppid() == parent:
        if follower.step() or check.step(at=time.time()) or check.runs:
            last = time.monotonic()
        elif time.monotonic() - max(last, service.last_asked) > _IDLE:
            return
        stopped.wait(_BREATH)
    check.stop()


class Announced:
    """What open pages hear. On a machine without the site's database nobody listens."""

    def __init__(self) -> None:
        self._announce = Announcer() if os.environ.get("DATABASE_URL") else None

    def counted(self, snapshot: Snapshot) -> None:
        """There are new figures."""
        self._say(COUNTED, version=snapshot.version, events=snapshot.manifest.rows("silver"))

    def read(self, snapshot: Snapshot) -> None:
        """At once how many events there are; the figures follow."""
        self._say(READ, events=snapshot.manifest.rows("silver"))

    def close(self) -> None:
        """Nobody will hear more."""
        if self._announce:
            self._announce.close()

    def _say(self, event: str, **data: int) -> None:
        if self._announce:
            # Figures go on while the database is away: pages hear of the next ones.
            with suppress(Unheard):
                self._announce(topic=TOPIC, event=event, data=data)
