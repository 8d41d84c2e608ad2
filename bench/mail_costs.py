"""Measures the outbox of the site that the environment names; `bench.mail` makes the site and calls this.

python -m bench.mail_costs --mails 10000 --kills 50
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from stoa.kernel.clock import now
from stoa.mail import actions
from stoa.mail.actions import Addressee
from stoa.mail.models import Mail
from stoa.mail.rules.servers import Security, Server

TEXT = "\n\n".join(f"Paragraph {n}: this week we read, watch a MOOC video and answer a quiz." for n in range(8))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SLOW_MS, AT_ONCE, SLOWLY_AT_ONCE, FAR_AT_ONCE = 50.0, 8, 32, 64
PER_KILL = 300
_number = count(1)
Figures = dict[str, float]


@dataclass
class Sink:
    """A running mail server."""

    port: int
    ids: Counter[str] = field(default_factory=Counter)

    def office(self) -> actions.SmtpOffice:
        """A new way to it."""
        return actions.SmtpOffice(Server(host="127.0.0.1", port=self.port, security=Security.PLAIN))


@contextmanager
def a_sink(delay_ms: float = 0.0, letter_ms: float = 0.0) -> Iterator[Sink]:
    """A mail server, so slow in each answer or with each letter; the ids that it took are known afterwards."""
    command = [sys.executable, "-m", "bench.mail_sink", f"--delay-ms={delay_ms}", f"--letter-ms={letter_ms}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The sink has no pipes.")
        sink = Sink(int(process.stdout.readline()))
        yield sink
        process.stdin.close()
        sink.ids.update(json.loads(process.stdout.read()))


def main() -> None:
    """Measure each in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, required=True)
    parser.add_argument("--kills", type=int, required=True)
    options = parser.parse_args()
    parts = (one_by_one(min(options.mails, 1000)), queued_and_sent(options.mails), slowly(options.mails))
    figures = {name: round(value, 3) for part in (*parts, killed(options.kills)) for name, value in part.items()}
    for name, value in figures.items():
        print(f"{name:<32}{value:>12,}", file=sys.stderr)
    print(json.dumps(figures))


def one_by_one(mails: int) -> Figures:
    """The cost of a mail that is posted by itself, and the CPU to send it."""
    began = time.process_time()
    for number in range(mails):
        name = f"single-{number}"
        actions.post(
            kind="news", to=f"{name}@post.example", person_id=None, subject="Hi", text=TEXT, key=name, at=now()
        )
    posted = time.process_time() - began
    with a_sink() as sink:
        began = time.process_time()
        actions.drain(office=sink.office, clock=now)
        sent = time.process_time() - began
    return {"post_cpu_ms": posted / mails * 1000, "send_cpu_ms": sent / mails * 1000}


def queued_and_sent(mails: int) -> Figures:
    """Many at once to a server on this machine."""
    began = time.perf_counter()
    _queue(mails)
    queued = time.perf_counter() - began
    with a_sink() as sink:
        began = time.perf_counter()
        actions.drain(office=sink.office, clock=now, senders=AT_ONCE)
        sent = time.perf_counter() - began
    return {"queued_s": queued, "sent_s": sent, "sent_per_second": mails / sent, "arrived": len(sink.ids)}


def slowly(mails: int) -> Figures:
    """Many at once through a relay that thinks about each letter, and through one that is far away."""
    took = {}
    for name, senders, slow in (
        ("a_letter", SLOWLY_AT_ONCE, {"letter_ms": SLOW_MS}),
        ("a_journey", FAR_AT_ONCE, {"delay_ms": SLOW_MS}),
    ):
        _queue(mails)
        with a_sink(**slow) as sink:
            began = time.perf_counter()
            actions.drain(office=sink.office, clock=now, senders=senders)
            took[f"{name}_50_ms_per_second"] = mails / (time.perf_counter() - began)
        took[f"{name}_50_ms_arrived"] = len(sink.ids)
    return took


def killed(kills: int) -> Figures:
    """Senders killed at random moments: what was lost, and what came twice."""
    _queue(kills * PER_KILL)
    wanted = set(Mail.objects.filter(state=Mail.State.QUEUED).values_list("message_id", flat=True))
    with a_sink(delay_ms=5) as sink:
        for _ in range(kills):
            command = [sys.executable, "-m", "bench.mail_sender", str(sink.port), str(AT_ONCE)]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as sender:
                if sender.stdout:
                    sender.stdout.readline()
                time.sleep(random.uniform(0.2, 1.5))
                os.kill(sender.pid, signal.SIGKILL)
            # The leases of the dead end.
            Mail.objects.exclude(lease=None).update(lease_until=LONG_AGO)
        left = Mail.objects.filter(state=Mail.State.QUEUED).count()
        actions.drain(office=sink.office, clock=now, senders=AT_ONCE)
    twice = sum(sink.ids.values()) - len(sink.ids)
    not_settled = Mail.objects.exclude(state=Mail.State.SENT).count()
    return {
        "kills": kills,
        "killed_lost": len(wanted - set(sink.ids)),
        "killed_came_again": twice,
        "killed_in_flight_at_most": kills * AT_ONCE,
        "killed_unknown_ids": len(set(sink.ids) - wanted),
        "killed_sent_between_kills": len(wanted) - left,
        "killed_not_settled": not_settled,
    }


def _queue(mails: int) -> None:
    round_ = next(_number)
    keys = [f"news-{round_}-{number}" for number in range(mails)]
    to = [Addressee(to=f"{key}@post.example", person_id=None, key=key) for key in keys]
    for start in range(0, mails, 5000):
        actions.post_many(kind="news", to=to[start : start + 5000], subject="Week one", text=TEXT, at=now())


if __name__ == "__main__":
    main()
