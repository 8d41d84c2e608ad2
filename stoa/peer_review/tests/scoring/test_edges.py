"""Assignments at the edge: one review each, equal marks, contradicting anchors, marks that are no numbers."""

import math

import numpy as np
import pytest

from stoa.peer_review.rules.scoring.estimator import estimate, score
from stoa.peer_review.rules.scoring.values import Anchor, Review, Reviewer
from stoa.peer_review.tests.scoring.crowds import crowd, rmse


def reviews(*rows: tuple[str, str, float]) -> list[Review]:
    return [Review(submission=work, rater=person, points=points) for work, person, points in rows]


def test_no_reviews_make_no_scores() -> None:
    assert score([]).scores == ()


@pytest.mark.parametrize("points", [0.0, 60.0, 100.0])
def test_equal_marks_are_the_score(points: float) -> None:
    rows = reviews(*((f"s{work}", f"r{(work + step) % 50}", points) for work in range(50) for step in (1, 2, 3)))

    scores = score(rows).scores

    assert all(abs(found.score - points) < 0.6 for found in scores)
    assert all(found.low <= points <= found.high for found in scores)


def test_a_single_review_of_a_single_submission_is_its_score() -> None:
    only = score(reviews(("a", "x", 42))).scores[0]

    assert only.score == 42.0
    assert only.low < 42 < only.high
    assert only.reviews == 1


def test_one_review_each_is_drawn_a_quarter_of_the_way_to_the_mean() -> None:
    rows = reviews(*((f"s{place:02d}", f"r{place}", 50.0 + place) for place in range(41)))

    scores = score(rows).scores

    assert 60.5 < scores[0].score + 8 < 64
    assert [found.reviews for found in scores] == [1] * 41
    assert [found.score for found in scores] == sorted(found.score for found in scores)


def test_one_rater_who_reviews_everything_keeps_his_order() -> None:
    rows = reviews(*((f"s{place:02d}", "x", 2.0 * place) for place in range(50)))

    scores = [found.score for found in score(rows).scores]

    assert scores == sorted(scores)
    assert len(set(scores)) == 50


def test_a_rater_of_a_thousand_reviews_is_known_well() -> None:
    people = crowd(3, works=1000, each=2)
    rows = [
        Review(submission=f"s{work}", rater=f"r{person}", points=points)
        for work, person, points in zip(people.submission, people.rater, people.points, strict=True)
    ]
    strict = [
        Review(submission=f"s{work}", rater="strict", points=max(0, people.truth[work] - 15)) for work in range(1000)
    ]

    found = score(rows + strict)

    assert -17 < found.reviewers["strict"].bias < -11
    assert found.reviewers["strict"].noise_variance < 60
    order = np.argsort([f"s{work}" for work in range(1000)])
    ours = rmse(np.array([one.score for one in found.scores]), people.truth[order])
    assert ours < 0.85 * rmse(np.array([one.score for one in score(rows).scores]), people.truth[order])


def test_marks_that_are_no_numbers_are_left_out() -> None:
    rows = reviews(("a", "x", 70), ("a", "y", math.nan), ("a", "z", math.inf), ("b", "x", 60), ("b", "y", 64))

    scores = score(rows).scores

    assert [(found.submission, found.reviews) for found in scores] == [("a", 1), ("b", 2)]
    assert all(math.isfinite(found.score) for found in scores)


def test_points_beyond_the_scale_count_as_its_end() -> None:
    beyond = score(reviews(("a", "x", 400), ("b", "y", 50))).scores
    full = score(reviews(("a", "x", 100), ("b", "y", 50))).scores

    assert beyond == full


def test_the_later_of_two_reviews_by_one_rater_replaces_the_earlier() -> None:
    twice = score(reviews(("a", "x", 10), ("a", "y", 70), ("b", "y", 60), ("a", "x", 80)))
    once = score(reviews(("a", "x", 80), ("a", "y", 70), ("b", "y", 60)))

    assert twice == once


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_anchors_speak_for_their_own_work_only(count: int) -> None:
    people = crowd(4, works=60)
    names = people.marks.submissions
    staff = [Anchor(submission=name, points=5.0) for name in names[:count]]

    with_staff, without = estimate(people.marks, staff), estimate(people.marks)

    assert with_staff.model.leniency == 0.0
    assert with_staff.model.anchors == count
    moved = np.abs(with_staff.official.score - without.official.score)
    assert np.all(moved[:count] > 15)
    assert np.median(moved[count:]) < 1.0


def test_contradicting_anchors_are_averaged_and_believed_less() -> None:
    people = crowd(5, works=60)
    name = people.marks.submissions[0]
    both = [Anchor(submission=name, points=20.0), Anchor(submission=name, points=80.0)]

    agreed = estimate(people.marks, [Anchor(submission=name, points=50.0)]).staff
    torn = estimate(people.marks, both).staff

    assert torn.mean[0] == agreed.mean[0] == 50.0
    assert torn.precision[0] < agreed.precision[0] / 20


def test_anchors_that_appeals_brought_teach_nothing_about_the_others() -> None:
    people = crowd(6, works=100, lenient=10)
    appealed = [
        Anchor(submission=name, points=float(truth), at_random=False)
        for name, truth in zip(people.marks.submissions[:20], people.truth[:20], strict=True)
    ]

    assert estimate(people.marks, appealed).model.leniency == 0.0


def test_anchors_of_work_that_nobody_reviewed_are_left_out() -> None:
    people = crowd(7, works=30)

    with_staff = estimate(people.marks, [Anchor(submission="elsewhere", points=3.0)]).outcome

    assert with_staff == estimate(people.marks).outcome


def test_a_careless_reviewer_of_everything_hardly_moves_a_score() -> None:
    honest = reviews(
        *((f"s{work}", f"r{(work + step) % 40}", 60.0 + work % 20) for work in range(40) for step in (1, 2))
    )
    copied = [Review(submission=f"s{work}", rater="copy", points=100.0, weight=0.05) for work in range(40)]

    assert all(
        abs(after.score - before.score) < 3
        for after, before in zip(score(honest + copied).scores, score(honest).scores, strict=True)
    )


def test_work_whose_only_review_has_no_weight_gets_the_mean_and_a_wide_interval() -> None:
    rows = [*reviews(("a", "x", 50), ("a", "y", 54), ("b", "x", 60), ("b", "y", 64))]
    rows.append(Review(submission="c", rater="z", points=3.0, weight=0.0))

    found = score(rows).scores[2]

    assert 40 < found.score < 60
    assert found.high - found.low > 35


def test_what_earlier_assignments_told_of_a_reviewer_counts() -> None:
    rows = reviews(("a", "x", 90), ("b", "y", 70), ("b", "z", 70), ("c", "y", 65), ("c", "z", 70))
    lenient = {"x": Reviewer(bias=15.0, bias_variance=4.0, shape=10.0, rate=400.0, reviews=12)}

    told, blank = score(rows, known=lenient).scores[0], score(rows).scores[0]

    assert told.score < blank.score - 5
    assert told.high - told.low < blank.high - blank.low
