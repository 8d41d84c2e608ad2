"""Waits, servers, answers and letters."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.mail.rules import letters, retries, servers
from stoa.mail.rules.letters import Letter
from stoa.mail.rules.outcomes import Outcome, Stage, Verdict, read
from stoa.mail.rules.servers import Security, Server
from stoa.mail.tests.makers import MONDAY


def test_waits_grow_and_end() -> None:
    waits = [retries.next_try(tries=tries, at=MONDAY) for tries in range(1, 10)]

    known = [wait for wait in waits if wait]
    assert known == sorted(known)
    assert waits[-1] is None
    assert known[0] == MONDAY + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://mail.example.org", Server(host="mail.example.org", port=465, security=Security.TLS)),
        (
            "smtp://ada%40x:p%2Fw@mail.example.org:2525",
            Server(host="mail.example.org", port=2525, security=Security.STARTTLS, user="ada@x", password="p/w"),
        ),
        ("smtp+plain://127.0.0.1", Server(host="127.0.0.1", port=25, security=Security.PLAIN)),
    ],
)
def test_a_server_is_named_in_one_line(url: str, server: Server) -> None:
    assert servers.parse(url) == server


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://mail:99999"])
def test_an_unclear_server_is_refused(url: str) -> None:
    with pytest.raises(servers.ServerRefused):
        servers.parse(url)


@pytest.mark.parametrize(
    ("stage", "code", "verdict"),
    [
        (Stage.RECIPIENT, 250, None),
        (Stage.LETTER, 250, Verdict.ACCEPTED),
        (Stage.RECIPIENT, 451, Verdict.LATER),
        (Stage.RECIPIENT, 550, Verdict.NO_SUCH_ADDRESS),
        (Stage.RECIPIENT, 554, Verdict.REFUSED),
        (Stage.LETTER, 550, Verdict.REFUSED),
        (Stage.SENDER, 550, Verdict.REFUSED),
    ],
)
def test_a_reply_has_one_meaning(stage: Stage, code: int, verdict: Verdict | None) -> None:
    outcome = read(stage=stage, code=code, words="so")

    assert outcome == (Outcome(verdict=verdict, words=f"{code} so") if verdict else None)


@given(subject=st.text(min_size=1, max_size=120), text=st.text(max_size=400))
def test_any_words_arrive_as_they_were_written_in_lines_that_end_properly(subject: str, text: str) -> None:
    letter = Letter(
        message_id="<1@post.example>",
        sender_name="Stoa",
        sender="stoa@post.example",
        to="ada@post.example",
        subject=subject,
        text=text,
        html="",
        written_at=MONDAY,
    )
    if not subject.isprintable():
        with pytest.raises(letters.HeaderRefused):
            letters.as_bytes(letter)
        return
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return

    wire = letters.as_bytes(letter)

    read_back = message_from_bytes(wire, policy=policy.default)
    assert wire.isascii()
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert {"from", "to", "subject", "date", "message-id"} <= {name.lower() for name in read_back}
    arrived = read_back.get_content().replace("\r\n", "\n")
    assert arrived == text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    assert "".join(str(read_back["Subject"]).split()) == "".join(subject.split())
