"""Writing mails, and sending each of them once."""

from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.db import transaction

from stoa.mail import actions
from stoa.mail.actions import sending
from stoa.mail.models import Mail, Suppression
from stoa.mail.rules.outcomes import Verdict
from stoa.mail.tests.makers import MONDAY, Clock, FakePostOffice, a_mail

pytestmark = pytest.mark.django_db


def _states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_a_mail_is_sent_once() -> None:
    office = FakePostOffice()
    for name in ("ada", "bo", "chi"):
        a_mail(f"{name}@post.example")

    sending.drain(office=lambda: office, clock=Clock())
    sending.drain(office=lambda: office, clock=Clock())

    assert [to for to, _ in office.letters] == ["ada@post.example", "bo@post.example", "chi@post.example"]
    assert _states() == ["sent", "sent", "sent"]


def test_the_same_key_is_the_same_mail() -> None:
    first, second = a_mail(key="welcome ada"), a_mail(key="welcome ada", text="Other words.")

    assert first == second
    assert Mail.objects.get().text.startswith("Hi.")


def test_a_mail_goes_with_its_cause() -> None:
    def fail() -> None:
        a_mail()
        raise LookupError

    with pytest.raises(LookupError), transaction.atomic():
        fail()

    assert not Mail.objects.exists()


@pytest.mark.parametrize("evil", ["Hi\nBcc: all@post.example", "Hi\r\nX: 1", "Hi\x00", "Hi\u2028there", "Hi\x85x"])
def test_a_line_break_in_a_header_is_refused(evil: str) -> None:
    with pytest.raises(actions.HeaderRefused):
        actions.post(kind="k", to="a@post.example", person_id=None, subject=evil, text="x", key="1", at=MONDAY)
    with pytest.raises(actions.HeaderRefused):
        actions.post(kind="k", to=f"a@post.example{evil}", person_id=None, subject="x", text="x", key="1", at=MONDAY)


def test_a_mail_says_why_and_how_to_stop_it() -> None:
    office = FakePostOffice()
    a_mail(text="It's week one: <b>read</b> & write.")

    sending.drain(office=lambda: office, clock=Clock())

    wire = office.letters[0][1]
    message = message_from_bytes(wire, policy=policy.default)
    plain = message.get_body(("plain",))
    rich = message.get_body(("html",))
    assert plain
    assert rich
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert wire.isascii()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip("<>")
    assert plain.get_content().splitlines() == [
        "It's week one: <b>read</b> & write.",
        "",
        "--",
        "You get this mail because you have an account at Stoa.",
        "Stoa: http://localhost:8000",
        f"Stop mails of this kind: {link}",
    ]
    assert "week one: &lt;b&gt;read&lt;/b&gt; &amp; write." in rich.get_content()
    assert link in rich.get_content()


def test_a_security_mail_cannot_be_stopped() -> None:
    office = FakePostOffice()
    actions.suppress(address="ada@post.example", reason=Suppression.Reason.BOUNCED, at=MONDAY)
    actions.unsubscribe(address="ada@post.example", kind="sign-in", at=MONDAY)
    a_mail(kind="sign-in", security=True)

    sending.drain(office=lambda: office, clock=Clock())

    assert _states() == ["sent"]
    assert b"nsubscribe" not in office.letters[0][1]
    assert list(Suppression.objects.values_list("reason", flat=True)) == ["unsubscribed"]


def test_nobody_gets_what_was_unsubscribed_before_or_after_it_was_queued() -> None:
    office = FakePostOffice()
    a_mail(kind="announcement")
    actions.unsubscribe(address="ada@post.example", kind="announcement", at=MONDAY)
    a_mail(kind="announcement")
    a_mail(kind="digest")

    sending.drain(office=lambda: office, clock=Clock())

    assert _states() == ["suppressed", "suppressed", "sent"]
    assert len(office.letters) == 1


def test_a_full_mailbox_is_tried_again_with_longer_waits_and_given_up_after_two_days() -> None:
    clock, office = Clock(), FakePostOffice(answers=[Verdict.LATER] * 99)
    mail = a_mail()
    tried = []
    while mail.state == "queued":
        sending.drain(office=lambda: office, clock=clock)
        mail.refresh_from_db()
        tried.append(clock.at)
        clock.at = max(mail.due_at, clock.at)

    assert (mail.state, mail.tries) == ("failed", 9)
    assert tried[-1] - tried[0] == timedelta(hours=46, minutes=26)


def test_an_unknown_address_is_never_written_to_again() -> None:
    office = FakePostOffice(answers=[Verdict.NO_SUCH_ADDRESS])
    a_mail()

    sending.drain(office=lambda: office, clock=Clock())
    a_mail()
    sending.drain(office=lambda: office, clock=Clock())

    assert _states() == ["bounced", "suppressed"]
    assert len(office.letters) == 1


def test_what_is_unknown_is_sent_once_more_with_the_same_id_and_then_left() -> None:
    clock, office = Clock(), FakePostOffice(answers=[Verdict.UNKNOWN, Verdict.UNKNOWN])
    a_mail()

    for _ in range(4):
        sending.drain(office=lambda: office, clock=clock)
        clock.at += timedelta(hours=1)

    first, second = (message_from_bytes(wire)["Message-ID"] for _, wire in office.letters)
    assert first == second
    assert _states() == ["unknown"]


def test_a_sender_that_lost_its_lease_sends_nothing() -> None:
    a_mail()
    slow, quick = uuid4(), uuid4()
    [mine] = sending.claim(lease=slow, at=MONDAY, batch=5)
    [theirs] = sending.claim(lease=quick, at=MONDAY + timedelta(hours=1), batch=5)

    assert sending.begin(mail=theirs, lease=quick, at=MONDAY)
    assert not sending.begin(mail=mine, lease=slow, at=MONDAY)


def test_a_killed_sender_leaves_one_mail_in_doubt_and_the_rest_waiting() -> None:
    clock, office, lease = Clock(), FakePostOffice(), uuid4()
    for name in ("ada", "bo", "chi"):
        a_mail(f"{name}@post.example")
    in_hand, *_rest = sending.claim(lease=lease, at=MONDAY, batch=5)
    sending.begin(mail=in_hand, lease=lease, at=MONDAY)

    written_to = []
    for minutes in (1, 2, 8):
        clock.at += timedelta(minutes=minutes)
        sending.drain(office=lambda: office, clock=clock)
        written_to.append([to for to, _ in office.letters])

    others = ["bo@post.example", "chi@post.example"]
    assert written_to == [[], others, [*others, "ada@post.example"]]
    assert list(Mail.objects.order_by("pk").values_list("state", "doubts")) == [("sent", 1), ("sent", 0), ("sent", 0)]


def test_no_mail_leaves_while_there_is_a_hold() -> None:
    office = FakePostOffice()
    a_mail()
    actions.hold(reason="restored from a backup", at=MONDAY)
    actions.hold(reason="again", at=MONDAY)

    sending.drain(office=lambda: office, clock=Clock())
    assert office.letters == []
    actions.release(at=MONDAY)
    sending.drain(office=lambda: office, clock=Clock())

    assert len(office.letters) == 1


def test_old_mails_lose_their_words_and_are_still_not_sent_again() -> None:
    office = FakePostOffice()
    a_mail(key="code", security=True)
    a_mail(key="news")
    sending.drain(office=lambda: office, clock=Clock())

    actions.blank_old_mails(at=MONDAY + timedelta(days=2))
    a_mail(key="code", security=True)
    sending.drain(office=lambda: office, clock=Clock(MONDAY + timedelta(days=2)))

    assert [bool(mail.text) for mail in Mail.objects.order_by("pk")] == [False, True]
    assert len(office.letters) == 2
