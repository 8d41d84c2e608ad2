"""Reviews done in haste: told from behaviour, never from disagreement alone, and never void."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.queries.advice import reasons
from stoa.peer_review.rules.effort.engagement import is_sampled, judge
from stoa.peer_review.rules.effort.signs import Sign, behaviour
from stoa.peer_review.rules.effort.traces import Habits, Surprise, Trace, habits
from stoa.peer_review.tests.haste import RUBRIC, auc, reviews

HABITS = Habits()
WORK = "I strip the commas before counting, then a Counter finds the five most common words of the poem."
CAREFUL = Trace(
    review="1",
    rater="ada",
    seconds=500.0,
    levels=(0.5, 1.0, 0.75),
    comments=(
        "You strip the commas before counting, which is the clever part of this note.",
        "The next step could be a function, so that the second poem needs no copy of these four lines.",
    ),
    work=WORK,
    rubric=RUBRIC,
)
HASTY = Trace(
    review="2",
    rater="bo",
    seconds=20.0,
    levels=(0.75, 0.75, 0.75),
    comments=("Good work, well done.",),
    earlier=("Good work, well done.",),
    work=WORK,
    rubric=RUBRIC,
)

SOME = reviews(3, raters=4)[0]


@pytest.mark.req("R076")
def test_hasty_reviews_are_told_from_careful_ones() -> None:
    found = []
    for seed in range(4):
        traces, hasty = reviews(seed)
        judged = judge(traces, habits(traces))
        found.append(
            auc(
                [judged[trace.review].hasty for trace in traces if trace.review in hasty],
                [judged[trace.review].hasty for trace in traces if trace.review not in hasty],
            )
        )

    assert min(found) >= 0.9


@pytest.mark.req("R076")
def test_almost_nobody_careful_is_refused_credit() -> None:
    refused = careful = 0
    for seed in range(6):
        traces, hasty = reviews(seed)
        judged = judge(traces, habits(traces))
        careful += sum(trace.review not in hasty for trace in traces)
        refused += sum(not judged[trace.review].earns_credit for trace in traces if trace.review not in hasty)

    assert refused <= 0.01 * careful


@pytest.mark.req("R076")
def test_a_hasty_review_earns_no_credit_and_its_reviewer_reads_why() -> None:
    judged = judge([CAREFUL, HASTY], HABITS)

    assert judged["1"].earns_credit
    assert judged["1"].reasons == ()
    assert judged["1"].weight > 0.95
    assert not judged["2"].earns_credit
    assert judged["2"].reasons[0] is Sign.TIME
    assert {Sign.STRAIGHT, Sign.REUSED, Sign.LENGTH} <= set(judged["2"].reasons)
    assert judged["2"].weight >= 0.05
    told = [str(reason) for reason in reasons(judged["2"])]
    assert told[0] == "You had the work before you for a much shorter time than others need."
    assert "Every criterion got the same level." in told


def test_points_that_differ_change_nothing_where_behaviour_shows_care() -> None:
    far = replace(
        CAREFUL, surprise=Surprise(points=5.0, expected=90.0, variance=200.0, all_mean=70.0, all_variance=400.0)
    )

    assert judge([far], HABITS)["1"] == judge([CAREFUL], HABITS)["1"]


def test_points_that_differ_change_nothing_where_nothing_was_traced() -> None:
    bare = Trace(
        review="1",
        rater="ada",
        surprise=Surprise(points=5.0, expected=90.0, variance=200.0, all_mean=70.0, all_variance=400.0),
    )

    judged = judge([bare], HABITS)["1"]

    assert judged.weight == 1.0
    assert judged.earns_credit


def test_points_that_differ_count_where_behaviour_points_the_same_way() -> None:
    quick = Trace(review="1", rater="ada", seconds=80.0, levels=(0.5, 0.5, 0.5))
    far = Surprise(points=5.0, expected=90.0, variance=200.0, all_mean=70.0, all_variance=400.0)
    near = replace(far, points=89.0)

    off = judge([replace(quick, surprise=far)], HABITS)["1"]
    agreed = judge([replace(quick, surprise=near)], HABITS)["1"]

    assert off.hasty > agreed.hasty


def test_one_bad_sign_alone_refuses_nothing() -> None:
    for sign in (
        replace(CAREFUL, seconds=5.0),
        replace(CAREFUL, levels=(0.5, 0.5, 0.5)),
        replace(CAREFUL, levels=(1.0, 1.0, 1.0)),
        replace(CAREFUL, comments=("Good work, well done.",)),
        replace(CAREFUL, earlier=(CAREFUL.text,)),
    ):
        assert judge([sign], HABITS)["1"].earns_credit


def test_full_marks_throughout_are_hardly_a_sign() -> None:
    def straight(level: float) -> float:
        found = behaviour(replace(CAREFUL, levels=(level,) * 3), HABITS)
        return next(one.ratio for one in found if one.sign is Sign.STRAIGHT)

    assert straight(0.5) < 2 * straight(1.0) < 0


def test_a_page_left_open_for_hours_is_as_good_as_the_usual_time() -> None:
    assert behaviour(replace(CAREFUL, seconds=30_000.0), HABITS) == behaviour(
        replace(CAREFUL, seconds=HABITS.seconds), HABITS
    )


def test_other_reviews_by_the_same_reviewer_are_the_starting_point() -> None:
    doubtful = replace(CAREFUL, review="3", seconds=90.0, comments=("Nice counting of the words here.",), work="")
    others = [replace(HASTY, review=f"h{turn}", rater="ada") for turn in range(6)]

    alone = judge([doubtful], HABITS)["3"].hasty
    among_hasty = judge([doubtful, *others], HABITS)["3"].hasty

    assert among_hasty > alone + 0.1


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_time_never_speaks_against_a_review(one: float, other: float) -> None:
    short, long = sorted((one, other))

    quick = judge([replace(HASTY, seconds=short)], HABITS)["2"].hasty
    slow = judge([replace(HASTY, seconds=long)], HABITS)["2"].hasty

    assert slow <= quick + 1e-9


@given(st.randoms(use_true_random=False))
def test_the_order_of_reviews_changes_no_judgement(chance: random.Random) -> None:
    shuffled = chance.sample(SOME, len(SOME))

    before, after = judge(SOME, HABITS), judge(shuffled, HABITS)

    assert all(abs(after[review].hasty - judged.hasty) < 1e-9 for review, judged in before.items())


def test_a_course_learns_what_is_usual_in_it() -> None:
    quick = [replace(CAREFUL, review=str(place), seconds=60.0) for place in range(40)]

    assert habits([]).seconds == Habits().seconds
    assert 60 < habits(quick).seconds < 140


def test_staff_looks_at_one_refusal_in_twenty_always_the_same() -> None:
    chosen = [is_sampled(str(review)) for review in range(4000)]

    assert 0.04 < sum(chosen) / 4000 < 0.06
    assert chosen == [is_sampled(str(review)) for review in range(4000)]
