"""The estimator over a site's own reviews: what it is given, what is kept, what never falls."""

from datetime import timedelta

import pytest

from stoa.accounts.actions import delete_account
from stoa.peer_review import actions
from stoa.peer_review.actions.estimating import keep_estimates
from stoa.peer_review.commands.estimating import estimate_assignment
from stoa.peer_review.models import Estimation, Marking, Place, Review, Score, Submission, Transition
from stoa.peer_review.queries.estimating import marking_of, material_of, to_estimate, traces_of
from stoa.peer_review.queries.explained import explanation_in
from stoa.peer_review.rules.scoring.estimator import score
from stoa.peer_review.tests.classes import DAY, HOUR, Class, a_class
from stoa.peer_review.tests.makers import MONDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + DAY
FILLERS = (
    ("good work and ok for me", "nice to read all of it"),
    ("fine for me on the whole", "really nice work to look at"),
    ("all good here as it is", "well done again and thank you"),
)


def a_reviewed_class(*levels: int) -> Class:
    """Four learners who each review the three others; a reviewer's marks are all of one level."""
    room = a_class("Ada", "Bo", "Chi", "Dov")
    for name, level in zip(room.works, levels or (-1, -1, -1, -1), strict=True):
        for turn in range(3):
            room.reviews(name, at=MONDAY + (1 + turn) * HOUR, level=level)
    return room


def estimated(room: Class, *, after: timedelta = DAY) -> int:
    return estimate_assignment(room.assignment, at=MONDAY + after)


def test_every_submission_with_a_review_gets_an_estimate_with_its_story() -> None:
    room = a_reviewed_class(-1, -1, 1, 0)

    assert to_estimate() == [room.assignment.pk]
    assert estimated(room) == 4

    expected = {one.submission: one for one in score(material_of(room.assignment).reviews).scores}
    for name, work in room.works.items():
        kept = Score.objects.get(pk=work.pk)
        assert (kept.method, kept.reviews) == (Score.Method.ESTIMATE, 3)
        assert (kept.points, kept.low, kept.high) == (
            expected[str(work.pk)].score,
            expected[str(work.pk)].low,
            expected[str(work.pk)].high,
        )
        story = explanation_in(kept.explanation)
        assert story is not None
        assert [part.points for part in story.reviews] == [
            one.points for one in sorted(Review.objects.filter(submission=work), key=lambda one: str(one.reviewer_id))
        ]
        assert room.place(name).half_width == pytest.approx((kept.high - kept.low) / 2)
        assert room.place(name).variance == pytest.approx(kept.variance)


def test_nothing_is_estimated_again_until_something_changes() -> None:
    room = a_reviewed_class()
    estimated(room)

    assert to_estimate() == []

    actions.void_review(
        review=Review.objects.order_by("pk")[0], by=room.instructor, why="It is about other work.", at=LATER + HOUR
    )
    assert to_estimate() == [room.assignment.pk]
    estimated(room, after=DAY + 2 * HOUR)
    assert to_estimate() == []
    assert sorted(Score.objects.values_list("reviews", flat=True)) == [2, 3, 3, 3]


def test_estimating_again_changes_nothing() -> None:
    room = a_reviewed_class(-1, 1, 0, -1)
    estimated(room)
    before = list(Score.objects.order_by("pk").values("pk", "points", "low", "high", "method", "reviews"))
    told = Transition.objects.count()

    estimated(room, after=DAY + HOUR)

    assert list(Score.objects.order_by("pk").values("pk", "points", "low", "high", "method", "reviews")) == before
    assert Transition.objects.count() == told


def test_a_final_score_rises_by_an_estimate_and_never_falls() -> None:
    room = a_reviewed_class()
    ada, bo = room.works["Ada"].pk, room.works["Bo"].pk
    estimated(room)
    Score.objects.filter(pk=ada).update(points=100.0, high=100.0, final_at=LATER)
    Score.objects.filter(pk=bo).update(points=10.0, low=5.0, final_at=LATER)
    found = score(material_of(room.assignment).reviews)

    keep_estimates(assignment=room.assignment, found=found, stories={}, until=LATER, at=LATER)

    assert Score.objects.get(pk=ada).points == 100.0
    assert Score.objects.get(pk=bo).points > 90.0


def test_what_an_instructor_gave_stays_and_teaches() -> None:
    room = a_reviewed_class()
    work = room.works["Ada"]
    actions.staff_read(submission=work, by=room.instructor, marks=room.marks(1), at=LATER)

    estimated(room, after=DAY + HOUR)

    kept = Score.objects.get(pk=work.pk)
    assert (kept.method, kept.points) == (Score.Method.STAFF, 50.0)
    assert [(one.submission, one.points) for one in material_of(room.assignment).anchors] == [(str(work.pk), 50.0)]
    assert Review.objects.filter(submission=work, role=Review.Role.STAFF).count() == 1
    assert len(material_of(room.assignment).reviews) == 12


def test_withdrawn_work_gets_no_score() -> None:
    room = a_reviewed_class()
    Place.objects.filter(pk=room.works["Ada"].pk).update(state=Submission.State.WITHDRAWN)
    Score.objects.all().delete()

    estimated(room)

    assert not Score.objects.filter(pk=room.works["Ada"].pk).exists()
    assert Score.objects.count() == 3


def test_a_reviewer_who_erased_their_account_still_counts() -> None:
    room = a_reviewed_class()
    delete_account(person=room.person("Dov"), at=LATER)

    reviews = material_of(room.assignment).reviews

    assert len(reviews) == 12
    assert len({review.rater for review in reviews}) == 3 + 3
    assert estimated(room, after=DAY + HOUR) >= 3
    assert not Marking.objects.filter(person=None).exists()


def test_what_was_learnt_of_a_reviewer_is_kept_for_the_next_assignment() -> None:
    room = a_reviewed_class(-1, -1, -1, 0)
    estimated(room)

    strict = marking_of(room.assignment, room.person("Dov").pk)
    others = marking_of(room.assignment, room.person("Ada").pk)

    assert strict is not None
    assert others is not None
    assert strict.bias < -3 < 0 <= others.bias + 1
    assert Estimation.objects.get(pk=room.assignment.pk).model["anchors"] == 0


@pytest.mark.req("R076")
def test_a_hasty_review_weighs_less_earns_no_credit_and_can_say_why() -> None:
    room = a_class("Ada", "Bo", "Chi", "Dov")
    for turn in range(3):
        for name in ("Ada", "Bo", "Chi"):
            room.reviews(name, at=MONDAY + (1 + turn) * HOUR)
        review = room.pulls("Dov", at=MONDAY + (1 + turn) * HOUR)
        marks = room.marks(1)
        hasty = type(marks)(levels=marks.levels, comments=dict(zip(marks.comments, FILLERS[turn], strict=True)))
        behaviour = actions.Behaviour(seconds=4)
        actions.submit_review(review=review, marks=hasty, behaviour=behaviour, at=MONDAY + (2 + turn) * HOUR)

    estimated(room)

    by_dov = Review.objects.filter(reviewer=room.person("Dov"))
    assert {review.state for review in by_dov} == {Review.State.DOWNWEIGHTED}
    assert all(review.weight < 0.5 for review in by_dov)
    assert {review.credited for review in by_dov} == {False}
    assert room.place("Dov").credit == 0
    told = Transition.objects.filter(review__in=by_dov, what="credit").values_list("became", "why")
    assert {became for became, _ in told} == {"uncredited"}
    assert all(why.startswith("time") for _, why in told)
    others = Review.objects.exclude(reviewer=room.person("Dov"))
    assert {(review.state, review.credited) for review in others} == {(Review.State.ACCEPTED, True)}


def test_traces_are_in_the_order_of_the_reviews_and_know_what_was_written_before() -> None:
    room = a_reviewed_class()

    traces = [trace for trace in traces_of(room.assignment) if trace.rater == str(room.person("Ada").pk)]

    assert [len(trace.earlier) for trace in traces] == [0, 1, 2]
    assert traces[1].earlier == (traces[0].text,)
    assert all(trace.levels == (1.0, 1.0) for trace in traces)
    assert all(trace.seconds is None for trace in traces)
    assert all("counts the words" in trace.work for trace in traces)
