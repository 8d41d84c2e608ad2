"""Scores before they are final, and how every final one came about."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.assessment.actions import lay_out_quizzes
from stoa.coursedoc.model import ScorePart, ScoreScheme
from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.commands.estimating import estimate_assignment
from stoa.peer_review.models import ResultOpening, Review, ReviewRating, Score, Submission
from stoa.peer_review.queries.estimating import to_estimate, unexplained
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.makers import a_run_of, an_assignment
from stoa.peer_review.tests.rooms import a_class_of, a_scored_class, says

pytestmark = pytest.mark.django_db
FOUR = ("Ada", "Bo", "Chi", "Dov")
HEADLINE = "How it came about"
NONE = "\N{EN DASH}"


def a_reviewed_class(*names: str) -> Class:
    """Learners who handed in yesterday and have given all their reviews but one of the last; nothing is final."""
    room = a_class_of(*names, ago=timedelta(days=1))
    for turn in range(2):
        for name in names:
            room.reviews(name, at=now() - timedelta(hours=20 - turn))
    room.reviews("Ada", at=now() - timedelta(hours=10))
    estimate_assignment(room.assignment, at=now())
    return room


def skips(client: Client, room: Class, name: str) -> None:
    client.force_login(room.person(name))
    client.post(room.authors[name].address("result/ratings/"), {"skip": "1"})


@pytest.mark.req("R026")
@pytest.mark.req("R112")
def test_a_provisional_score_is_shown_with_its_interval_and_its_date_once_the_own_reviews_are_given(
    client: Client,
) -> None:
    room = a_reviewed_class(*FOUR)

    first = says(client, room, "Ada", "result/")
    skips(client, room, "Ada")
    shown = says(client, room, "Ada", "result/")
    owing = says(client, room, "Bo", "result/")

    score = Score.objects.get(pk=room.works["Ada"].pk)
    assert "First the words, then the marks" in first
    assert f"{round(score.points)} of 100 provisional, final by " in shown
    assert f"between {round(score.low)} and {round(score.high)}" in shown
    assert HEADLINE in shown
    assert "Your score comes by" in shown
    assert f"{room.place('Ada').done} of 3 reviews have arrived." in shown
    assert "Appeal until" not in shown
    assert "passed" not in shown
    assert "of 100" not in owing
    assert "good things" in owing


@pytest.mark.req("R076")
def test_words_that_come_after_a_provisional_score_are_rated_before_their_marks_count_on_the_page(
    client: Client,
) -> None:
    room = a_reviewed_class(*FOUR)
    skips(client, room, "Ada")
    seen = says(client, room, "Ada", "result/")
    work = room.works["Ada"]
    new = Review.objects.filter(submission=work).latest("pk")
    Review.objects.filter(pk=new.pk).update(submitted_at=now())

    asked = says(client, room, "Ada", "result/")
    client.post(
        room.authors["Ada"].address("result/ratings/"),
        {f"{ask}-{n}": "5" for ask in ("helpful", "specific", "respectful") for n in (1, 2, 3)},
    )
    again = says(client, room, "Ada", "result/")

    assert "provisional, final by" in seen
    assert "First the words, then the marks" in asked
    assert "provisional" not in asked
    assert [rating.review_id for rating in ReviewRating.objects.all()] == [new.pk]
    assert "provisional, final by" in again
    with pytest.raises(actions.MarksSeen):
        actions.rate_words(submission=work, by=room.authors["Ada"].enrolment, ratings={}, at=now())
    assert ResultOpening.objects.count() == 1


@pytest.mark.req("R113")
def test_a_score_that_was_final_before_the_estimator_ran_says_how_it_came_about(client: Client) -> None:
    room = a_scored_class(*FOUR)
    skips(client, room, "Ada")

    plain = says(client, room, "Ada", "result/")
    marks = Review.objects.filter(submission=room.works["Ada"]).order_by("points").values_list("points", flat=True)
    given = [round(mark or 0) for mark in marks]
    rows = [f"Reader {letter} {mark} {NONE} {mark} 33 %" for letter, mark in zip("ABC", given, strict=True)]

    assert HEADLINE in plain
    assert all(row in plain for row in rows)
    assert "For now it is the mean of what the readers gave." in plain


@pytest.mark.req("R113")
def test_final_scores_without_a_story_are_estimated_and_never_fall_by_it(client: Client) -> None:
    room = a_scored_class(*FOUR)
    Score.objects.update(points=100.0, high=100.0)
    skips(client, room, "Ada")

    assert unexplained() == to_estimate() == [room.assignment.pk]
    estimate_assignment(room.assignment, at=now())
    said = says(client, room, "Ada", "result/")

    score = Score.objects.get(pk=room.works["Ada"].pk)
    assert unexplained() == []
    assert score.points == 100.0
    assert score.explanation is not None
    told = round(score.explanation["score"])
    assert told < 100
    assert f"Reckoned anew from all reviews it would be {told}; a final score never falls by that." in said


def test_work_that_only_an_instructor_read_says_so_and_asks_for_no_estimate(client: Client) -> None:
    room = a_class_of("Ada")
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(), at=now())

    said = says(client, room, "Ada", "result/")

    assert unexplained() == []
    assert Submission.objects.get().state == "final"
    assert f"{HEADLINE} An instructor read the whole work, and that reading is the score." in said


def test_what_peers_gave_stands_beside_an_instructors_reading(client: Client) -> None:
    room = a_scored_class(*FOUR)
    actions.appeal(
        submission=room.works["Ada"], by=room.person("Ada"), criterion_id="does-it-work", reason="See 7.", at=now()
    )
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(), at=now())
    estimate_assignment(room.assignment, at=now())
    skips(client, room, "Ada")

    said = says(client, room, "Ada", "result/")

    assert said.count("shown only") == 3
    assert f"An instructor 100 {NONE} 100 100 %" in said
    assert Score.objects.get(pk=room.works["Ada"].pk).explanation is not None


@pytest.mark.req("R026")
def test_the_result_says_what_it_counts_for(client: Client) -> None:
    scheme = ScoreScheme(parts=(ScorePart(name="Assignments", weight=0.25), ScorePart(name="Quizzes", weight=0.75)))
    room = Class(run=a_run_of(an_assignment(due=now() + timedelta(days=3)), scheme=scheme))
    lay_out_quizzes(version=room.assignment.published.version, quizzes={}, render=lambda text: text.source)
    room.joins("Ada", at=now() - timedelta(hours=6))
    actions.staff_read(submission=room.works["Ada"], by=room.instructor, marks=room.marks(1), at=now())

    said = says(client, room, "Ada", "result/")

    assert "Counts for Assignments, 25 % of the course: 12.5 of 25 points so far. Score table" in said


def test_the_mark_of_a_single_reader_stays_with_their_words(client: Client) -> None:
    room = a_class_of("Ada", "Bo", ago=timedelta(days=7, hours=1))
    for name in ("Ada", "Bo"):
        room.reviews(name, at=now() - timedelta(days=6))
    actions.tick(at=now())
    estimate_assignment(room.assignment, at=now())
    skips(client, room, "Ada")

    said = says(client, room, "Ada", "result/")

    assert HEADLINE in said
    assert "One reader read it." in said
    assert "Reader A" not in said
