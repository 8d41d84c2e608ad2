"""Results on their pages: words first, marks after, appeals."""

import re

import pytest
from django.test import Client

from stoa.coursedoc.model.assignments import Outcome
from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.models import Appeal, ResultOpening, ReviewRating, Score, Thanks, WordsReport
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.rooms import a_class_of, a_scored_class, says

pytestmark = pytest.mark.django_db
FOUR = ("Ada", "Bo", "Chi", "Dov")


def rate(client: Client, room: Class, name: str, **fields: str) -> int:
    """Rate the words of every reader, or skip it."""
    client.force_login(room.person(name))
    every = {f"{ask}-{n}": "5" for ask in ("helpful", "specific", "respectful") for n in (1, 2, 3)}
    return client.post(room.authors[name].address("result/ratings/"), fields or every).status_code


@pytest.mark.req("R025")
def test_before_the_score_the_page_says_place_reviews_date_and_what_if(client: Client) -> None:
    room = a_class_of(*FOUR)

    said = says(client, room, "Bo", "result/")

    assert "your place in the queue 2" in said or "2 your place in the queue" in said
    assert "0 of 3" in said
    assert "Your score comes by" in said
    assert "Without a review: an instructor reads it." in said
    assert "Ilse Marenko is responsible for it." in said


@pytest.mark.req("R026")
def test_words_are_shown_at_once_but_no_mark(client: Client) -> None:
    room = a_class_of(*FOUR)
    review = room.reviews("Bo", at=now())
    name = room.author_of(review)

    said = says(client, room, name, "result/")

    assert "good things" in said
    assert "100" not in said
    assert "Peer 1" in said


@pytest.mark.req("R076")
def test_words_are_rated_before_any_mark_is_seen(client: Client) -> None:
    room = a_scored_class(*FOUR)

    before = says(client, room, "Ada", "result/")
    rate(client, room, "Ada")
    after = says(client, room, "Ada", "result/")

    assert "First the words, then the marks" in before
    assert re.search(r"\d+ of 100: (passed|not passed yet)", before) is None
    assert re.search(r"\d+ of 100: passed", after)
    assert "You found this helpful" in after
    assert ReviewRating.objects.count() == 3


def test_once_marks_were_seen_no_words_can_be_rated(client: Client) -> None:
    room = a_scored_class(*FOUR)
    rate(client, room, "Ada", skip="1")

    rate(client, room, "Ada")
    with pytest.raises(actions.MarksSeen):
        actions.rate_words(submission=room.works["Ada"], by=room.authors["Ada"].enrolment, ratings={}, at=now())

    assert not ReviewRating.objects.exists()
    assert ResultOpening.objects.count() == 1


def test_a_question_left_open_keeps_what_was_answered(client: Client) -> None:
    room = a_scored_class(*FOUR)
    client.force_login(room.person("Ada"))

    answer = client.post(room.authors["Ada"].address("result/ratings/"), {"helpful-1": "3"})

    assert answer.status_code == 422
    assert 'name="helpful-1" value="3" checked' in answer.content.decode()
    assert not ResultOpening.objects.exists()


@pytest.mark.req("R076")
def test_a_score_waits_for_the_authors_own_reviews(client: Client) -> None:
    room = a_class_of(*FOUR)
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(), at=now())

    said = says(client, room, "Ada", "result/")

    assert Score.objects.get(submission=room.works["Ada"]).points == 100
    assert "of 100" not in said
    assert "Read 3 more works" in said


def test_thanks_and_reports_reach_whom_they_should(client: Client) -> None:
    room = a_scored_class(*FOUR)
    rate(client, room, "Ada")
    ada = room.authors["Ada"]

    client.post(ada.address("result/words/1/thanks/"))
    client.post(ada.address("result/words/2/report/"), {"reason": "unkind", "words": "It calls me lazy."})

    assert Thanks.objects.count() == 1
    report = WordsReport.objects.get()
    assert report.review.hidden_for == "They are unkind, or attack me"
    said = says(client, room, "Ada", "result/")
    assert "Hidden while staff look at it." in said
    assert "Thanked" in said


@pytest.mark.req("R115")
def test_an_appeal_names_a_criterion_and_cannot_lower_the_score(client: Client) -> None:
    room = a_scored_class(*FOUR)
    rate(client, room, "Ada")
    ada = room.authors["Ada"]
    before = Score.objects.get(submission=room.works["Ada"]).points

    refused = client.post(ada.address("result/appeal/"), {"reason": "does-it-work", "words": ""})
    client.post(ada.address("result/appeal/"), {"reason": "does-it-work", "words": "Line 7 does count capitals."})
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(0), at=now())

    assert refused.status_code == 422
    appeal = Appeal.objects.get()
    assert (appeal.criterion_id, appeal.found) == ("does-it-work", 0)
    assert Score.objects.get(submission=room.works["Ada"]).points == before
    assert "Read again; the score stays." in says(client, room, "Ada", "result/")


@pytest.mark.req("R056")
def test_work_that_needs_changes_says_which_and_is_handed_in_again(client: Client) -> None:
    room = a_class_of("Ada", "Bo", outcome=Outcome.MEETS)
    marks = room.marks(0)
    actions.submit_review(review=room.pulls("Ada", at=now()), marks=room.marks(), at=now())
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=marks, at=now())
    rate(client, room, "Ada", skip="1")

    said = says(client, room, "Ada", "result/")

    assert "It needs changes" in said
    assert "Does it work?" in said
    assert "Work on it and hand it in again" in said
    assert "of 100" not in said


@pytest.mark.req("R026")
def test_feedback_only_shows_words_and_no_score(client: Client) -> None:
    room = a_scored_class(*FOUR, outcome=Outcome.FEEDBACK)
    rate(client, room, "Ada")

    said = says(client, room, "Ada", "result/")

    assert "You have your feedback" in said
    assert "of 100" not in said
    assert "good things" in said


def test_without_work_there_is_no_result(client: Client) -> None:
    room = a_class_of(*FOUR)
    room.joins("Eli", hands_in=False)
    client.force_login(room.person("Eli"))

    assert client.get(room.authors["Eli"].address("result/")).status_code == 404
