"""Sending to a real SMTP server that says yes, later, no, or nothing at all."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from stoa.kernel.clock import now
from stoa.mail import actions
from stoa.mail.actions import sending
from stoa.mail.models import Mail, Suppression
from stoa.mail.rules.servers import Security, Server
from stoa.mail.tests.makers import MONDAY, Clock, a_mail

pytestmark = pytest.mark.django_db(transaction=True)


class Mailbox:
    """Keeps what it is sent; the name of an address says how the server treats it."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.slow = 0.0

    async def handle_EHLO(  # noqa: N802 -- the server's own name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 -- the server's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its own name
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        time.sleep(self.slow)  # noqa: ASYNC251 -- a slow server, on its own thread
        self.ids.append(str(message_from_bytes(content)["Message-ID"]))
        self.bodies.append(content)
        if envelope.rcpt_tos[0].startswith("dropped") and len(self.ids) == 1 and server.transport:
            server.transport.close()
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 we do not like it"
        return "250 taken"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield Server(host="127.0.0.1", port=port, security=Security.PLAIN)
    controller.stop()


def _states() -> dict[str, str]:
    return dict(Mail.objects.values_list("to", "state"))


def test_each_answer_has_its_state_and_one_connection_serves_all(server: Server, mailbox: Mailbox) -> None:
    for name in ("ada", "nobody", "full", "spam", "bo"):
        a_mail(f"{name}@post.example")

    sending.drain(office=actions.SmtpOffice(server), clock=Clock())

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

    sending.drain(office=actions.SmtpOffice(server), clock=clock)
    assert _states() == {"dropped@post.example": "unknown", "ada@post.example": "sent"}
    clock.at += sending.DOUBT
    sending.drain(office=actions.SmtpOffice(server), clock=clock)

    assert set(_states().values()) == {"sent"}
    assert [mailbox.ids.count(mail.message_id) for mail in Mail.objects.order_by("pk")] == [2, 1]


def test_mail_waits_while_the_server_is_away() -> None:
    a_mail()
    away = Server(host="127.0.0.1", port=9, security=Security.PLAIN)

    told = sending.drain(office=actions.SmtpOffice(away), clock=Clock())

    assert not told
    assert list(Mail.objects.values_list("state", "tries", "lease")) == [("queued", 0, None)]


def test_lines_of_dots_arrive_as_they_were_written(server: Server, mailbox: Mailbox) -> None:
    a_mail(text="one\n.\n..two\n.three", security=True)

    sending.drain(office=actions.SmtpOffice(server), clock=Clock())

    assert b"one\r\n.\r\n..two\r\n.three\r\n" in mailbox.bodies[0]


def test_two_senders_at_once_send_each_mail_once(server: Server, mailbox: Mailbox) -> None:
    for number in range(60):
        a_mail(f"learner{number}@post.example")

    def send() -> None:
        sending.drain(office=actions.SmtpOffice(server), clock=Clock(), batch=7)
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
office = actions.SmtpOffice(Server(host="127.0.0.1", port={port}, security=Security.PLAIN))
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
    sending.drain(office=actions.SmtpOffice(server), clock=now)

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
