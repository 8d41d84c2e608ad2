"""One statement writes a mail to many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from stoa.mail import actions, queries
from stoa.mail.actions import Addressee, sending
from stoa.mail.models import Mail, Suppression
from stoa.mail.tests.makers import MONDAY, Clock, FakePostOffice, a_mail

pytestmark = pytest.mark.django_db


def addressees(*names: str) -> list[Addressee]:
    return [Addressee(to=f"{name}@post.example", person_id=None, key=f"news-{name}") for name in names]


def post(*names: str, kind: str = "announcement") -> int:
    return actions.post_many(
        kind=kind, to=addressees(*names), subject=" Week one is open ", text="Hi <all>.", at=MONDAY
    )


def test_a_mail_to_many_says_what_a_mail_to_one_says() -> None:
    with override("ar"):
        post("ada")
        one = a_mail("ada@post.example", text="Hi <all>.")
    many = Mail.objects.exclude(pk=one.pk).get()

    same = ("kind", "to", "subject", "text", "html", "state", "queued_at", "due_at", "security", "tries", "answer")
    assert {name: getattr(many, name) for name in same} == {name: getattr(one, name) for name in same}
    assert many.message_id.endswith("@localhost>")


def test_each_can_be_stopped_by_its_own_address_only() -> None:
    post("ada", "bo")

    for mail in Mail.objects.all():
        mine, other = (queries.unsubscribe_address(f"{name}@post.example", "announcement") for name in ("ada", "bo"))
        if mail.to.startswith("bo"):
            mine, other = other, mine
        assert [mine in mail.text, mine in mail.html, other in mail.text + mail.html] == [True, True, False]


@pytest.mark.parametrize("names", [["ada"], ["ada", "bo", "chi"], []])
def test_any_number_of_mails_is_one_statement(names: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert post(*names) == len(names)

    assert len([query for query in asked if "insert into mail_mail" in query["sql"]]) == 1
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted(f"{name}@post.example" for name in names)


def test_the_same_keys_again_write_only_what_is_new() -> None:
    assert [post("ada", "bo"), post("ada", "bo"), post("bo", "chi", "chi")] == [2, 0, 1]


def test_who_wants_no_mail_of_the_kind_gets_none() -> None:
    actions.unsubscribe(address="ADA@post.example", kind="announcement", at=MONDAY)
    actions.unsubscribe(address="bo@post.example", kind="digest", at=MONDAY)
    actions.suppress(address="chi@post.example", reason=Suppression.Reason.BOUNCED, at=MONDAY)
    actions.unsubscribe(address="chi@post.example", kind="announcement", at=MONDAY)

    assert post("ada", "bo", "chi") == 3
    assert dict(Mail.objects.values_list("to", "state")) == {
        "ada@post.example": "suppressed",
        "bo@post.example": "queued",
        "chi@post.example": "suppressed",
    }


def test_an_address_that_is_none_stops_nobody_else() -> None:
    evil = Addressee(to="eve@post.example\nBcc: all@post.example", person_id=None, key="evil")

    written = actions.post_many(kind="news", to=[evil, *addressees("ada")], subject="Hi", text="x", at=MONDAY)

    assert written == 1
    assert Mail.objects.get().to == "ada@post.example"


def test_a_subject_that_is_none_is_refused() -> None:
    with pytest.raises(actions.HeaderRefused):
        actions.post_many(kind="news", to=addressees("ada"), subject="a\nb", text="x", at=MONDAY)


def test_codes_go_before_news() -> None:
    office = FakePostOffice()
    post("ada", "bo", "chi")
    a_mail("dana@post.example", security=True)

    sending.drain(office=lambda: office, clock=Clock(), batch=2)

    assert [to for to, _ in office.letters] == [f"{name}@post.example" for name in ("dana", "ada", "bo", "chi")]
