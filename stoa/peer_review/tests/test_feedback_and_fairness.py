"""Feedback on feedback, what reviewers learn of themselves, who needs another review, and the fairness report."""

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.rules.anchors import after_appeal, drawn, may_appeal
from stoa.peer_review.rules.certainty import gain, near_line, passing, wants_staff, well_known
from stoa.peer_review.rules.fairness import Scored, bias_by, coverage, error, evenest, gini, tenths
from stoa.peer_review.rules.feedback import (
    GRADE_SHARE,
    Badge,
    Leaning,
    Rating,
    badge,
    calibration,
    helpfulness,
    reviewing_share,
)
from stoa.peer_review.rules.scoring.values import Reviewer
from stoa.peer_review.tests.makers import MONDAY

BEST, WORST = Rating(helpful=5, specific=5, respectful=5), Rating(helpful=1, specific=1, respectful=1)
points = st.floats(0, 100)


def a_reviewer(bias: float = 0.0, reviews: float = 6, noise: float = 10.0, deviation: float = 3.0) -> Reviewer:
    return Reviewer(bias=bias, bias_variance=deviation**2, shape=8.0, rate=8.0 * noise**2, reviews=reviews)


@pytest.mark.req("R076")
def test_one_angry_author_moves_helpfulness_by_a_tenth() -> None:
    assert helpfulness([]) == pytest.approx(2 / 3)
    assert helpfulness([WORST]) == pytest.approx(4 / 7)
    assert helpfulness([BEST] * 12) > 0.88


@given(st.lists(st.sampled_from([BEST, WORST]), max_size=20))
def test_a_better_rating_never_lowers_helpfulness(ratings: list[Rating]) -> None:
    assert helpfulness([*ratings, BEST]) >= helpfulness(ratings) >= helpfulness([*ratings, WORST])


@pytest.mark.parametrize(
    ("reviewer", "leaning", "by"),
    [
        (a_reviewer(-6.2), Leaning.LOW, 6),
        (a_reviewer(6.2), Leaning.HIGH, 6),
        (a_reviewer(1.0), Leaning.EVEN, 1),
        (a_reviewer(4.0, deviation=6.0), Leaning.EVEN, 4),
        (a_reviewer(9.0, reviews=2), Leaning.UNKNOWN, 9),
    ],
)
def test_reviewers_read_which_way_they_mark(reviewer: Reviewer, leaning: Leaning, by: float) -> None:
    told = calibration(reviewer)

    assert (told.leaning, told.points) == (leaning, by)


def test_badges_are_for_help_and_steadiness_and_leaning_costs_nothing() -> None:
    steady, loud = a_reviewer(12.0, noise=8.0), a_reviewer(noise=15.0)

    assert badge(steady, [BEST] * 4, usual_noise_sd=12.0) is Badge.TRUSTED
    assert badge(loud, [BEST] * 4, usual_noise_sd=12.0) is Badge.HELPFUL
    assert badge(steady, [WORST] * 4, usual_noise_sd=12.0) is Badge.STEADY
    assert badge(loud, [], usual_noise_sd=12.0) is Badge.NONE
    assert badge(a_reviewer(reviews=2, noise=5.0), [BEST] * 4, usual_noise_sd=12.0) is Badge.NONE


@given(st.integers(0, 10), st.integers(0, 10), st.floats(0, 1), st.none() | st.floats(0, 1))
def test_reviewing_earns_a_tenth_at_the_most(
    given_reviews: int, asked: int, helpful: float, agreed: float | None
) -> None:
    share = reviewing_share(given=given_reviews, asked=asked, helpful=helpful, on_examples=agreed)

    assert 0.0 <= share <= GRADE_SHARE
    assert share == 0.0 or given_reviews > 0


@given(st.floats(1, 900), st.floats(1, 900), st.floats(0, 400))
def test_a_steadier_reviewer_tells_more(variance: float, noise: float, bias: float) -> None:
    usual = gain(score_variance=variance, noise_variance=noise, bias_variance=bias)

    assert 0 < usual < variance
    assert gain(score_variance=variance, noise_variance=noise / 2, bias_variance=bias) > usual


def test_work_near_the_pass_line_is_open_and_other_work_is_not() -> None:
    assert near_line(score=62, variance=36, line=60)
    assert not near_line(score=75, variance=36, line=60)
    assert passing(score=60, variance=25, line=60) == 0.5
    assert passing(score=60, variance=0, line=60) == 1.0


@pytest.mark.parametrize(
    ("half_width", "given_points", "staff"),
    [
        (16.0, (10.0, 90.0, 20.0, 80.0, 50.0), True),
        (14.0, (10.0, 90.0, 20.0, 80.0, 50.0), False),
        (20.0, (90.0, 50.0), True),
        (20.0, (90.0, 60.0), False),
        (20.0, (90.0, 50.0, 70.0), False),
        (30.0, (), False),
    ],
)
def test_staff_look_where_peers_cannot_settle_it(
    half_width: float, given_points: tuple[float, ...], staff: bool
) -> None:
    assert wants_staff(half_width=half_width, points=given_points) is staff


def test_six_reviews_or_a_narrow_interval_are_enough() -> None:
    assert well_known(half_width=7.9, reviews=1)
    assert well_known(half_width=20, reviews=6)
    assert not well_known(half_width=9, reviews=5)


@given(st.sets(st.integers(0, 200)), st.sets(st.integers(0, 200), max_size=15), st.integers())
def test_anchors_are_drawn_by_chance_from_work_that_staff_have_not_read(
    open_work: set[int], read: set[int], seed: int
) -> None:
    chosen = drawn(open_work=open_work, read=read, chance=random.Random(seed))  # noqa: S311 -- a test, no secret

    assert len(chosen) == len(set(chosen)) == min(max(10 - len(read), 0), len(open_work - read))
    assert not set(chosen) & read


@given(points, points)
def test_an_appeal_never_lowers_a_score_unless_the_work_is_not_the_authors(before: float, found: float) -> None:
    assert after_appeal(before=before, found=found) == max(before, found)
    assert after_appeal(before=before, found=found, integrity=True) == found


def test_an_appeal_is_possible_once_and_for_two_weeks() -> None:
    def may(days: float, *, appealed: bool = False) -> bool:
        return may_appeal(result_at=MONDAY, now=MONDAY + timedelta(days=days), appealed=appealed)

    assert may(0)
    assert may(14)
    assert not may(14.01)
    assert not may(-1)
    assert not may(3, appealed=True)


@pytest.mark.req("R115")
def test_gini_is_0_when_all_have_the_same_and_grows_to_1_when_one_has_all() -> None:
    assert gini([3, 3, 3, 3]) == 0.0
    assert gini([0, 0, 0, 12]) == 0.75
    assert gini([]) == gini([0, 0]) == 0.0


@pytest.mark.req("R115")
@given(st.lists(st.integers(0, 20), min_size=1, max_size=40))
def test_no_spread_of_so_many_reviews_is_evener_than_one_more_or_less(counts: list[int]) -> None:
    total, works = sum(counts), len(counts)
    spread = [total // works + (place < total % works) for place in range(works)]

    assert evenest(total, works) == pytest.approx(gini(spread))
    assert evenest(total, works) <= gini(counts) + 1e-9


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40), st.integers(1, 5))
def test_gini_is_about_shares_only(counts: list[int], times: int) -> None:
    spread = gini(counts)

    assert -1e-9 <= spread < 1
    assert gini([count * times for count in counts]) == pytest.approx(spread)
    assert gini([*counts, *counts]) == pytest.approx(spread)
    assert gini(counts[::-1]) == spread


@pytest.mark.req("R115")
def test_bias_is_told_by_group_with_its_interval_and_small_groups_are_left_out() -> None:
    works = [
        Scored(submission=f"{language}{place}", score=60.0 + place, staff=60.0 + place - off + (place % 3))
        for language, off, count in (("en", 1.0, 30), ("ar", 7.0, 30), ("tr", 20.0, 4))
        for place in range(count)
    ]
    languages = {work.submission: work.submission[:2] for work in works}

    arabic, english = bias_by(works, languages)

    assert (arabic.group, arabic.count, arabic.points, arabic.is_clear) == ("ar", 30, 6.0, True)
    assert (english.group, english.count, english.points, english.is_clear) == ("en", 30, 0.0, False)


def test_the_tenths_are_by_what_staff_gave() -> None:
    works = [Scored(submission=str(place), score=50.0, staff=float(place)) for place in range(50)]

    by_tenth = bias_by([*works, Scored(submission="unread", score=9.0)], tenths(works))

    assert [bias.group for bias in by_tenth] == [f"{tenth:02d}" for tenth in range(1, 11)]
    assert by_tenth[0].points == 48.0
    assert by_tenth[-1].points == 3.0


def test_coverage_and_error_are_of_what_staff_have_read() -> None:
    works = [
        Scored(submission="a", score=50, staff=53, low=45, high=55),
        Scored(submission="b", score=50, staff=46, low=47, high=55),
        Scored(submission="c", score=50),
    ]

    assert coverage(works) == 0.5
    assert error(works) == pytest.approx((25 / 2) ** 0.5)
    assert coverage([]) is None
    assert error(works[2:]) is None
