"""Reviewing on its pages, without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from stoa.coursedoc.model import Example, ReviewFlow
from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.models import Review, WorkFlag
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.reading import words
from stoa.peer_review.tests.rooms import a_class_of, says, sends, takes

pytestmark = pytest.mark.django_db
FOUR = ("Ada", "Bo", "Chi", "Dov")


def page_of(client: Client, room: Class, name: str, review: Review) -> str:
    client.force_login(room.person(name))
    return client.get(room.authors[name].address(f"reviews/{review.token}/")).content.decode()


def test_the_work_stands_beside_the_rubric_with_the_promise_above(client: Client) -> None:
    room = a_class_of(*FOUR)

    said = says(client, room, "Ada", f"reviews/{takes(client, room, 'Ada').token}/")

    assert "Review 1 of 3" in said
    assert "3 of 3 reviews left" in said
    assert "Your score comes by" in said
    assert re.search(r"Anonymous.* waiting 5 h 5\d min", said)
    assert "My program counts the words of a weather report" in said
    assert "0 0 of it 0 pt 1 2 of it 2 pt 2 4 of it 4 pt" in said
    assert "Ways to begin" in said


def test_nothing_on_the_page_or_in_its_address_tells_who_wrote_the_work(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    author = room.authors[room.author_of(review)]

    html = page_of(client, room, "Ada", review).split("<main", 1)[1]

    told = [author.person.display_name, author.person.email, review.submission.token, f"/{review.submission_id}/"]
    assert [name for name in told if name in html] == []


@pytest.mark.req("R026")
def test_a_review_without_words_on_each_required_criterion_is_refused_and_kept(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")

    answer = sends(client, room, "Ada", review, **{"comment-can-you-read-it": ""})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "the author reads your comments before any score" in words(html)
    assert "Stripping the commas in line 3" in html
    review.refresh_from_db()
    assert (review.state, review.draft["overall"]) == ("reserved", "Next step: put the counting into a function.")


@pytest.mark.req("R039")
@pytest.mark.parametrize("comment", ["good", "!!!", "   "])
def test_words_that_say_nothing_are_refused_with_what_to_do(client: Client, comment: str) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")

    answer = sends(client, room, "Ada", review, **{"comment-does-it-work": comment})

    assert answer.status_code == 422
    assert re.search(
        r"Write a sentence here|Write one whole sentence|read as a sentence yet", words(answer.content.decode())
    )


@pytest.mark.req("R039")
def test_the_same_words_for_two_works_are_refused(client: Client) -> None:
    room = a_class_of(*FOUR)
    same = {"comment-does-it-work": "The commas are stripped before the counting begins."}
    sends(client, room, "Ada", takes(client, room, "Ada"), **same)

    answer = sends(client, room, "Ada", takes(client, room, "Ada"), **same)

    assert answer.status_code == 422


@pytest.mark.req("R111")
def test_sending_leads_to_the_next_work_at_once_until_three_are_given(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    places = []

    for _turn in range(3):
        location = sends(client, room, "Ada", review).headers["Location"]
        token = location.rstrip("/").rsplit("/", 1)[-1]
        places.append(token == "reviews")
        review = Review.objects.filter(token=token).first() or review

    assert places == [False, False, True]
    assert "All your reviews are given" in says(client, room, "Ada", "reviews/")


def test_a_draft_is_saved_with_its_time_and_shown_again(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    address = room.authors["Ada"].address(f"reviews/{review.token}/draft/")
    fields = {"level-does-it-work": "2", "overall": "Half a thought", "seconds": "42"}

    piece = client.post(address, fields, headers={"X-Stoa-Piece": "review"}).content.decode()

    assert re.search(r"Draft saved \d\d:\d\d", words(piece))
    html = page_of(client, room, "Ada", review)
    assert "Half a thought</textarea>" in html
    assert 'name="level-does-it-work" value="2" checked' in html
    assert Review.objects.get(pk=review.pk).seconds == 42


def test_a_review_that_comes_after_its_time_is_taken_all_the_same(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    actions.tick(at=now() + timedelta(hours=3))

    sends(client, room, "Ada", review)

    assert Review.objects.get(pk=review.pk).state == "accepted"


def test_work_is_given_back_with_a_reason_and_other_work_is_offered(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    address = room.authors["Ada"].address(f"reviews/{review.token}/return/")

    refused = client.post(address, {"reason": "", "words": "Well"})
    client.post(address, {"reason": "unreadable"})

    assert (refused.status_code, "Well</textarea>" in refused.content.decode()) == (422, True)
    review.refresh_from_db()
    assert (review.state, review.reason) == ("declined", "unreadable")
    assert takes(client, room, "Ada").submission_id != review.submission_id


def test_a_flag_reaches_staff_and_the_review_goes_on(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    address = room.authors["Ada"].address(f"reviews/{review.token}/flag/")

    client.post(address, {"reason": "not_own", "words": "It is in the course book."})

    assert list(WorkFlag.objects.values_list("review", "reason")) == [(review.pk, "not_own")]
    assert Review.objects.get(pk=review.pk).state == "reserved"


def test_somebody_elses_review_does_not_exist(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    client.force_login(room.person("Bo"))

    assert client.get(room.authors["Bo"].address(f"reviews/{review.token}/")).status_code == 404


def test_before_the_own_work_is_handed_in_nothing_is_given_to_read(client: Client) -> None:
    room = a_class_of(*FOUR)
    room.joins("Eli", hands_in=False)
    client.force_login(room.person("Eli"))

    client.post(room.authors["Eli"].address("reviews/"))

    assert not Review.objects.exists()
    assert "Hand in your own work first" in says(client, room, "Eli", "reviews/")


def test_the_first_review_comes_after_the_example(client: Client) -> None:
    example = Example(answers=("Three words.",), levels=(("does-it-work", "2"), ("can-you-read-it", "4")))
    room = a_class_of(*FOUR, examples=(example,), flow=(ReviewFlow.TRAINING, ReviewFlow.PEER))
    client.force_login(room.person("Ada"))

    answer = client.post(room.authors["Ada"].address("reviews/"), follow=True)

    assert answer.request["PATH_INFO"] == room.authors["Ada"].address("calibration/1/")


@pytest.mark.req("R039")
def test_words_that_may_hurt_are_asked_back_once_and_then_sent_as_they_are(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = takes(client, room, "Ada")
    blunt = {"comment-does-it-work": "You are stupid: line 7 never strips the commas before it counts the words."}

    asked = sends(client, room, "Ada", review, **blunt)
    sends(client, room, "Ada", review, **blunt, sure="1")

    assert asked.status_code == 422
    assert "may hurt. Speak of the work" in words(asked.content.decode())
    assert "Send it as it is" in words(asked.content.decode())
    assert Review.objects.get(pk=review.pk).state == "accepted"
    author = room.author_of(review)
    assert "These words may be unkind." in says(client, room, author, "result/")
