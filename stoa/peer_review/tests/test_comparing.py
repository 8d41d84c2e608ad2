"""Work that is alike goes to staff, once, and nothing else happens to it."""

import json

import pytest
from click.testing import CliRunner

from stoa.peer_review.actions.anchoring import no_copies
from stoa.peer_review.actions.comparing import show_alike
from stoa.peer_review.commands.comparing import find_copies
from stoa.peer_review.models import Place, Score, StaffRead, Submission
from stoa.peer_review.queries.comparing import items_to_compare, to_compare
from stoa.peer_review.tests.classes import DAY, HOUR, Class, a_class
from stoa.peer_review.tests.makers import MONDAY

pytestmark = pytest.mark.django_db
COPIED = (
    "First I strip the commas and full stops, then a loop goes through the lines and a Counter adds up how often each "
    "word was seen; at the end the five most common words stand in a table with two columns."
)
OWN = (
    "My function reads one file after the other, splits at blanks, lowers the case and sorts a plain dictionary by its "
    "values, because I wanted to see what happens without any import from the standard library."
)


def found() -> list[dict[str, object]]:
    ran = CliRunner().invoke(find_copies, ["--json"])
    assert ran.exit_code == 0, ran.output
    groups: list[dict[str, object]] = json.loads(ran.stdout)
    return groups


def a_class_with_a_copy() -> Class:
    room = a_class()
    room.works["Ada"] = room.joins("Ada", hands_in=False).hands_in(COPIED, at=MONDAY)
    copy = COPIED.replace("First I strip", "I first strip")
    room.works["Bo"] = room.joins("Bo", hands_in=False).hands_in(copy, at=MONDAY + HOUR)
    room.works["Chi"] = room.joins("Chi", hands_in=False).hands_in(OWN, at=MONDAY + HOUR)
    return room


def test_alike_work_is_shown_to_staff_with_what_it_shares() -> None:
    room = a_class_with_a_copy()

    groups = found()

    pair = [str(room.works[name].pk) for name in ("Ada", "Bo")]
    assert [(group["assignment"], group["submissions"]) for group in groups] == [("word-counter", pair)]
    passages = groups[0]["passages"]
    assert isinstance(passages, list)
    assert "Counter adds up how often each word was seen" in passages[0]
    clusters = {name: Submission.objects.get(pk=work.pk).cluster for name, work in room.works.items()}
    assert clusters["Ada"] == clusters["Bo"] != ""
    assert clusters["Chi"] == ""
    assert room.place("Ada").cluster == clusters["Ada"]
    asked = StaffRead.objects.filter(settled_at=None).values_list("submission", "reason")
    assert sorted(asked) == [(room.works["Ada"].pk, "copy"), (room.works["Bo"].pk, "copy")]


def test_it_is_no_verdict() -> None:
    room = a_class_with_a_copy()
    before = {name: room.place(name).state for name in room.works}

    found()

    assert {name: room.place(name).state for name in room.works} == before
    assert not Score.objects.exists()


def test_looking_again_asks_staff_nothing_new() -> None:
    a_class_with_a_copy()
    found()
    before = StaffRead.objects.count()

    assert len(found()) == 1
    assert StaffRead.objects.count() == before


def test_what_staff_cleared_stays_clear_until_further_work_joins() -> None:
    room = a_class_with_a_copy()
    found()
    pair = [Submission.objects.get(pk=room.works[name].pk) for name in ("Ada", "Bo")]
    no_copies(works=pair, by=room.instructor, reason="They are a study group.", at=MONDAY + DAY)

    found()
    assert not StaffRead.objects.filter(settled_at=None).exists()
    assert set(Place.objects.values_list("cluster", flat=True)) == {""}

    room.works["Dov"] = room.joins("Dov", hands_in=False).hands_in(COPIED + " So it is.", at=MONDAY + DAY)
    found()
    assert list(StaffRead.objects.filter(settled_at=None).values_list("submission", flat=True)) == [
        room.works["Dov"].pk
    ]
    assert len(set(Place.objects.exclude(cluster="").values_list("cluster", flat=True))) == 1


def test_quoting_the_task_is_no_likeness() -> None:
    room = a_class_with_a_copy()

    compared = to_compare(*items_to_compare()[0])

    assert "Write a program that counts words." in compared.given
    assert sorted(compared.texts) == sorted(str(work.pk) for work in room.works.values())
    assert len(set(compared.authors.values())) == 3


def test_withdrawn_and_erased_work_is_not_compared() -> None:
    room = a_class_with_a_copy()
    Submission.objects.filter(pk=room.works["Ada"].pk).update(state=Submission.State.WITHDRAWN)

    assert found() == []


def test_a_group_that_is_gone_stops_no_other() -> None:
    room = a_class_with_a_copy()
    pair = [str(room.works[name].pk) for name in ("Ada", "Bo")]

    assert show_alike(groups=[["999999", "999998"], pair], at=MONDAY + DAY) == 1
