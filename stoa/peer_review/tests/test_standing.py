"""What reviewers read of themselves, what is carried to the next assignment, and who is kept apart."""

import pytest
from django.test import Client

from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.commands.estimating import estimate_assignment
from stoa.peer_review.models import Assignment, Conflict, Estimation, Marking, Review, ReviewRating
from stoa.peer_review.queries.estimating import ASSUMED, material_of
from stoa.peer_review.queries.reviewer_standing import badge_of, marked_in
from stoa.peer_review.rules.feedback import Badge
from stoa.peer_review.rules.scoring.carrying import FORGET
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.makers import a_run_of, an_assignment
from stoa.peer_review.tests.reading import words
from stoa.peer_review.tests.rooms import a_class_of, a_scored_class, says

pytestmark = pytest.mark.django_db
FOUR = ("Ada", "Bo", "Chi", "Dov")


def marks_like(room: Class, name: str, *, bias: float, noise: float, reviews: int = 6) -> None:
    """What the estimator is to have found of a reviewer."""
    facts = {"bias": bias, "bias_variance": 4.0, "shape": 8.0, "rate": 8.0 * noise**2, "reviews": reviews, "at": now()}
    Marking.objects.update_or_create(assignment=room.assignment, person=room.person(name), defaults=facts)


def rates(room: Class, name: str, points: int) -> None:
    """All authors say the same of this reviewer's words."""
    for review in Review.objects.filter(reviewer=room.person(name)):
        said = {"helpful": points, "specific": points, "respectful": points, "at": now()}
        ReviewRating.objects.update_or_create(review=review, defaults=said)


@pytest.mark.req("R076")
def test_reviewers_read_how_they_mark_and_scatter_by_the_estimators_own_figures(client: Client) -> None:
    room = a_scored_class(*FOUR)
    estimate_assignment(room.assignment, at=now())
    usual = round(Estimation.objects.get().model["noise_sd"])
    marks_like(room, "Ada", bias=-6.2, noise=8.0)
    marks_like(room, "Bo", bias=0.5, noise=15.0)
    marks_like(room, "Chi", bias=9.0, noise=8.0, reviews=2)

    ada = says(client, room, "Ada", "reviews/")
    assert "You mark 6 points low, give or take 2. The score takes that into account" in ada
    scatter = "Your marks scatter by about 8 points around what the work is believed to deserve"
    assert f"{scatter}; usual are {usual}." in ada
    assert "You mark as others do." in says(client, room, "Bo", "reviews/")
    assert "After three reviews you read here how you mark." in says(client, room, "Chi", "reviews/")
    assert "scatter" not in says(client, room, "Dov", "reviews/").split("Only you see this.")[1]


@pytest.mark.req("R076")
def test_a_badge_is_earned_by_a_public_rule_over_the_whole_course(client: Client) -> None:
    room = a_scored_class(*FOUR)
    for name, noise in (("Ada", 8.0), ("Bo", 20.0), ("Chi", 8.0), ("Dov", 20.0)):
        marks_like(room, name, bias=-6.0, noise=noise)
    rates(room, "Ada", 5)
    rates(room, "Bo", 5)
    rates(room, "Chi", 1)

    earned = [badge_of(room.person(name).pk, room.run.course_id) for name in FOUR]
    shown = says(client, room, "Ada", "reviews/")
    rule = words(client.get("/peer-review/method/").content.decode())

    assert earned == [Badge.TRUSTED, Badge.HELPFUL, Badge.STEADY, Badge.NONE]
    assert "Trusted reader: your words help, and your marks scatter clearly less than usual." in shown
    assert "three authors or more rated the words" in rule
    assert "the marks scatter by 85 of 100 of what is usual, or less" in rule


def test_reviews_of_all_assignments_of_a_course_count_for_a_badge() -> None:
    room = a_scored_class(*FOUR)
    marks_like(room, "Ada", bias=0.0, noise=8.0, reviews=3)
    person = room.person("Ada").pk

    before = badge_of(person, room.run.course_id)
    other = Assignment.objects.get(pk=room.assignment.pk)
    other.pk, other.item_id = None, "second-counter"
    other.save()
    facts = {"bias": 0.0, "bias_variance": 4.0, "shape": 8.0, "rate": 8.0 * 64, "reviews": 3, "at": now()}
    Marking.objects.create(assignment=other, person_id=person, **facts)
    marked = marked_in(room.run.course_id, person)

    assert before is Badge.NONE
    assert marked is not None
    assert marked.reviewer.reviews == 6
    assert badge_of(person, room.run.course_id) is Badge.STEADY


@pytest.mark.req("R076")
def test_what_an_assignment_taught_of_a_reviewer_is_where_the_next_one_starts_less_a_fifth() -> None:
    work, second = an_assignment("word-counter"), an_assignment("second-counter")
    room = Class(run=a_run_of(work, second))
    first, next_one = (
        Assignment.objects.get(run=room.run, item_id=item) for item in ("word-counter", "second-counter")
    )
    for name in FOUR:
        room.joins(name)
    person = room.person("Dov")
    Estimation.objects.create(assignment=first, at=now(), model=_model())
    told = {"bias": -10.0, "bias_variance": 16.0, "shape": 7.0, "rate": 7.0 * 64, "reviews": 3, "at": now()}
    Marking.objects.create(assignment=first, person=person, **told)
    reviewed = room.reviews("Dov")
    Review.objects.filter(pk=reviewed.pk).update(assignment=next_one)

    material = material_of(next_one)
    known = material.known[str(person.pk)]

    assert [one.rater for one in material.reviews] == [str(person.pk)]
    unknown = 1 / 8.0**2
    learnt = FORGET * (1 / 16.0 - unknown)
    assert known.bias_variance == pytest.approx(1 / (unknown + learnt))
    assert known.bias == pytest.approx(FORGET * -10.0 / 16.0 / (unknown + learnt))
    assert known.shape == pytest.approx(ASSUMED.noise_shape + FORGET * (7.0 - ASSUMED.noise_shape))
    assert material_of(first).known == {}


@pytest.mark.req("R039")
def test_a_study_group_is_kept_apart_as_a_whole_by_one_action() -> None:
    room = a_class_of("Ada", "Bo", "Chi", "Dov", "Eli")
    group = [room.person(name) for name in ("Ada", "Bo", "Chi", "Dov")]

    actions.keep_all_apart(people=group, why="study group", at=now())
    actions.keep_all_apart(people=group[:2], why="study group", at=now())

    assert Conflict.objects.count() == 6
    assert room.author_of(room.pulls("Ada", at=now())) == "Eli"
    room.submits(room.pulls("Bo", at=now()), at=now())
    with pytest.raises(actions.NothingToRead):
        room.pulls("Bo", at=now())


def _model() -> dict[str, float]:
    figures = {"mean": 70.0, "truth_sd": 14.0, "bias_sd": 8.0, "noise_sd": 12.0, "evidence": 0.5}
    return {**figures, "leniency": 0.0, "leniency_sd": 2.0, "anchors": 0, "widening": 1.15}
