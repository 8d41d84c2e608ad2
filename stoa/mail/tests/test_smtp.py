"""Sending to a real SMTP server that says yes, later, no, or nothing at all."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Semaphore, Thread

import pytest
from django.db import connection

from stoa.kernel.clock import now
from stoa.mail import actions
from stoa.mail.actions import sending
from stoa.mail.models import Mail, Suppression
from stoa.mail.rules.outcomes import Outcome
from stoa.mail.rules.servers import Security, Server
from stoa.mail.tests.makers import MONDAY, Clock, FakePostOffice, a_mail
from stoa.mail.tests.servers import Mailbox, serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[False, True], ids=["one by one", "pipelining"])
def mailbox(request: pytest.FixtureRequest) -> Mailbox:
    return Mailbox(pipelining=bool(request.param))


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Server]:
    with serving(mailbox) as port:
        yield Server(host="127.0.0.1", port=port, security=Security.PLAIN)


def _states() -> dict[str, str]:
    return dict(Mail.objects.values_list("to", "state"))


def test_each_answer_has_its_state_and_one_connection_serves_all(server: Server, mailbox: Mailbox) -> None:
    for name in ("ada", "nobody", "full", "spam", "bo"):
        a_mail(f"{name}@post.example")

    sending.drain(office=lambda: actions.SmtpOffice(server), clock=Clock())

    assert _states() == {
        "ada@post.example": "sent",
        "nobody@post.example": "bounced",
        "full@post.example": "queued",
        "spam@post.example": "failed",
        "bo@post.example": "sent",
    }
    assert Mail.objects.get(to="full@post.example").answer == "452 mailbox full"
    assert list(Suppression.objects.values_list("address", flat=True)) == ["nobody@post.example"]
    assert mailbox.connections == 1


def test_a_connection_dropped_after_the_letter_leaves_it_unknown_and_it_comes_once_more(
    server: Server, mailbox: Mailbox
) -> None:
    clock = Clock()
    a_mail("dropped@post.example")
    a_mail("ada@post.example")

    sending.drain(office=lambda: actions.SmtpOffice(server), clock=clock)
    assert _states() == {"dropped@post.example": "unknown", "ada@post.example": "sent"}
    clock.at += sending.DOUBT
    sending.drain(office=lambda: actions.SmtpOffice(server), clock=clock)

    assert set(_states().values()) == {"sent"}
    assert [mailbox.ids.count(mail.message_id) for mail in Mail.objects.order_by("pk")] == [2, 1]


def test_mail_waits_while_the_server_is_away() -> None:
    a_mail()
    away = Server(host="127.0.0.1", port=9, security=Security.PLAIN)

    told = sending.drain(office=lambda: actions.SmtpOffice(away), clock=Clock())

    assert not told
    assert list(Mail.objects.values_list("state", "tries", "lease")) == [("queued", 0, None)]


def test_lines_of_dots_arrive_as_they_were_written(server: Server, mailbox: Mailbox) -> None:
    a_mail(text="one\n.\n..two\n.three", security=True)

    sending.drain(office=lambda: actions.SmtpOffice(server), clock=Clock())

    assert b"one\r\n.\r\n..two\r\n.three\r\n" in mailbox.bodies[0]


def test_several_connections_share_the_work(server: Server, mailbox: Mailbox) -> None:
    for number in range(60):
        a_mail(f"learner{number}@post.example")

    told = sending.drain(office=lambda: actions.SmtpOffice(server), clock=Clock(), batch=5, senders=4)

    assert told == {"accepted": 60}
    assert len(mailbox.ids) == len(set(mailbox.ids)) == 60
    assert set(_states().values()) == {"sent"}
    assert mailbox.connections == 4


@dataclass
class Sticking(FakePostOffice):
    """The one among them that gets the first letter keeps it in hand until the others have five."""

    room: list["Sticking"] = field(default_factory=list)
    first: Semaphore = field(default_factory=Semaphore)

    def deliver(self, *, sender: str, to: str, message: bytes) -> Outcome:
        """Keep the letter."""
        outcome = super().deliver(sender=sender, to=to, message=message)
        until = time.monotonic() + 5
        if self.first.acquire(blocking=False):
            while sum(len(one.letters) for one in self.room if one is not self) < 5 and time.monotonic() < until:
                time.sleep(0.01)
        return outcome


def test_the_last_mails_are_shared_among_all_who_send() -> None:
    for number in range(11):
        a_mail(f"learner{number}@post.example")
    room, first = list[Sticking](), Semaphore()

    def office() -> Sticking:
        room.append(Sticking(room=room, first=first))
        return room[-1]

    sending.drain(office=office, clock=Clock(), batch=10, senders=2)

    assert sorted(len(one.letters) for one in room) == [5, 6]


def test_a_temporary_no_is_tried_again_later_and_not_before(server: Server, mailbox: Mailbox) -> None:
    clock = Clock()
    mail = a_mail("full@post.example")
    due = []
    for minutes in (0, 0, 1, 4, 1):
        clock.at += timedelta(minutes=minutes)
        sending.drain(office=lambda: actions.SmtpOffice(server), clock=clock)
        mail.refresh_from_db()
        due.append((mail.tries, (mail.due_at - MONDAY) / timedelta(minutes=1)))

    assert due == [(1, 1), (1, 1), (2, 6), (2, 6), (3, 26)]
    assert (mail.state, mailbox.ids) == ("queued", [])


def test_two_senders_at_once_send_each_mail_once(server: Server, mailbox: Mailbox) -> None:
    for number in range(60):
        a_mail(f"learner{number}@post.example")

    def send() -> None:
        sending.drain(office=lambda: actions.SmtpOffice(server), clock=Clock(), batch=7)
        connection.close()

    senders = [Thread(target=send) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(mailbox.ids) == len(set(mailbox.ids)) == 60
    assert set(_states().values()) == {"sent"}


_SENDER = """
import django
django.setup()
from stoa.kernel.clock import now
from stoa.mail import actions
from stoa.mail.rules.servers import Security, Server
def office(): return actions.SmtpOffice(Server(host="127.0.0.1", port={port}, security=Security.PLAIN))
actions.drain(office=office, clock=now)
"""


def test_killed_senders_lose_nothing_and_double_only_what_was_in_hand(server: Server, mailbox: Mailbox) -> None:
    for number in range(40):
        a_mail(f"learner{number}@post.example")
    mailbox.slow = 0.02
    kills = 3

    for _ in range(kills):
        before = len(mailbox.ids)
        sender = _start_sender(server.port)
        while len(mailbox.ids) < before + 5:
            time.sleep(0.005)
        os.kill(sender.pid, signal.SIGKILL)
        sender.wait()
        # The leases of the dead end.
        Mail.objects.exclude(lease=None).update(lease_until=MONDAY)
    mailbox.slow = 0
    sending.drain(office=lambda: actions.SmtpOffice(server), clock=now)

    assert set(_states().values()) == {"sent"}
    times = Counter(mailbox.ids)
    assert set(times) == set(Mail.objects.values_list("message_id", flat=True))
    assert sum(times.values()) <= 40 + kills
    assert Mail.objects.filter(doubts__gt=0).count() <= kills


def _start_sender(port: int) -> subprocess.Popen[bytes]:
    name = str(connection.settings_dict["NAME"])
    code = "import os\nfrom django.conf import settings\nsettings.DATABASES['default']['NAME'] = os.environ['NAME']\n"
    program = code + _SENDER.format(port=port)
    return subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "NAME": name})
