"""Learners judge an example before their first review, and their own work after the last."""

from random import Random

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stoa.coursedoc.model import Criterion, Example, ReviewFlow
from stoa.peer_review.actions import review_oneself
from stoa.peer_review.models import Calibration, SelfReview, Submission
from stoa.peer_review.rules import rubrics
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.tests.makers import MONDAY, Author, a_criterion, a_run_of, an_assignment, an_author
from stoa.peer_review.tests.reading import words

WORKS, READABLE = "does-it-work", "can-you-read-it"
EXAMPLE = Example(answers=("It prints <script>3</script> **all** words.",), levels=((WORKS, "2"), (READABLE, "4")))


def trained(*flow: ReviewFlow) -> Author:
    """A learner whose assignment has an example."""
    kinds = flow or (ReviewFlow.TRAINING, ReviewFlow.PEER)
    return an_author(a_run_of(an_assignment(examples=(EXAMPLE,), flow=kinds)))


def page(client: Client, author: Author, address: str) -> str:
    client.force_login(author.person)
    return client.get(author.address(address), follow=True).content.decode()


@pytest.mark.django_db
def test_an_example_is_judged_before_the_instructors_marks_are_seen(client: Client) -> None:
    ada = trained()

    html = page(client, ada, "calibration/")

    assert "all words." in words(html)
    assert "<script>3" not in html
    assert "The instructor:" not in words(html)


@pytest.mark.req("R039")
@pytest.mark.django_db
def test_afterwards_both_marks_stand_side_by_side(client: Client) -> None:
    ada = trained()
    client.force_login(ada.person)

    answer = client.post(ada.address("calibration/1/"), {f"level-{WORKS}": "2", f"level-{READABLE}": "0"}, follow=True)

    said = words(answer.content.decode())
    assert "The same in 1 of 2 criteria." in said
    assert "The same: 2 of it" in said
    assert "You: 0 of it The instructor: 4 of it" in said


@pytest.mark.django_db
def test_who_has_seen_the_instructors_marks_cannot_choose_again(client: Client) -> None:
    ada = trained()
    client.force_login(ada.person)
    for level in ("0", "4"):
        client.post(ada.address("calibration/1/"), {f"level-{WORKS}": level, f"level-{READABLE}": level})

    assert [kept.levels for kept in Calibration.objects.all()] == [{WORKS: "0", READABLE: "0"}]


@pytest.mark.django_db
def test_a_criterion_left_open_keeps_what_was_chosen(client: Client) -> None:
    ada = trained()
    client.force_login(ada.person)

    answer = client.post(ada.address("calibration/1/"), {f"level-{WORKS}": "2", f"level-{READABLE}": "no such level"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one of these lines." in html
    assert f'name="level-{WORKS}" value="2" checked' in html
    assert not Calibration.objects.exists()


@pytest.mark.django_db
def test_after_the_last_example_the_reviews_begin(client: Client) -> None:
    ada = trained()
    client.force_login(ada.person)
    client.post(ada.address("calibration/1/"), {f"level-{WORKS}": "2", f"level-{READABLE}": "0"})

    answer = client.post(ada.address("calibration/"))

    assert answer.headers["Location"] == ada.address("reviews/")
    assert client.get(ada.address("calibration/2/")).status_code == 404


@pytest.mark.django_db
def test_a_self_review_is_kept_until_the_score_is_final(client: Client) -> None:
    ada = trained(ReviewFlow.PEER, ReviewFlow.SELF)
    submission = ada.hands_in()
    client.force_login(ada.person)
    said = {f"level-{WORKS}": "4", f"level-{READABLE}": "2", "overall": "I would name things better."}

    client.post(ada.address("self-review/"), said)
    Submission.objects.update(state=Submission.State.FINAL)
    submission.refresh_from_db()
    marks = Marks(levels={WORKS: "0", READABLE: "0"})
    review_oneself(submission=submission, by=ada.enrolment, marks=marks, at=MONDAY)

    kept = SelfReview.objects.get()
    assert (kept.levels, kept.overall) == ({WORKS: "4", READABLE: "2"}, "I would name things better.")
    assert "I would name things better." in page(client, ada, "self-review/")


@pytest.mark.django_db
def test_there_is_no_self_review_without_own_work(client: Client) -> None:
    ada = trained(ReviewFlow.PEER, ReviewFlow.SELF)
    client.force_login(ada.person)

    assert client.get(ada.address("self-review/")).status_code == 404


criteria = st.lists(st.lists(st.floats(0, 50), min_size=1, max_size=4), min_size=1, max_size=4).map(
    lambda rows: tuple(a_criterion(f"c{place}", *points) for place, points in enumerate(rows))
)


@given(criteria, st.randoms(use_true_random=False))
def test_points_lie_between_none_and_all_and_the_best_levels_earn_all(
    rubric: tuple[Criterion, ...], chance: Random
) -> None:
    levels = {one.id: chance.choice(one.levels).id for one in rubric}
    best = {one.id: max(one.levels, key=lambda level: level.points).id for one in rubric}

    points, full = rubrics.points(rubric, levels), rubrics.points(rubric, best)

    assert points is None or 0 <= points <= 100 + 1e-9
    assert full is None or full == pytest.approx(100)


def test_a_criterion_that_the_course_dropped_counts_neither_for_nor_against() -> None:
    both = (a_criterion(), a_criterion("Can you read it?"))
    levels = {WORKS: "2", READABLE: "0"}

    assert rubrics.points(both, levels) == 25
    assert rubrics.points(both[:1], levels) == 50
    assert rubrics.points((), levels) is None
