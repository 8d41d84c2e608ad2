"""How near the official scores come to the truth, on crowds of many kinds."""

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from stoa.peer_review.rules.scoring.doubts import Doubts
from stoa.peer_review.rules.scoring.estimator import estimate
from stoa.peer_review.rules.scoring.official import official
from stoa.peer_review.rules.scoring.values import Anchor
from stoa.peer_review.tests.scoring.crowds import Crowd, crowd, nearly_full, normal, rmse, two_kinds


def test_scores_are_a_fifth_nearer_to_the_truth_than_the_median_of_three() -> None:
    errors = [
        (rmse(estimate(people.marks).official.score, people.truth), rmse(people.median, people.truth))
        for people in (crowd(seed) for seed in range(5))
    ]

    ours, median = np.mean(errors, axis=0)

    assert ours <= 0.8 * median


@pytest.mark.parametrize("each", [1, 2, 3, 5])
@pytest.mark.parametrize("works", [100, 1000])
def test_the_interval_holds_the_truth_nine_times_in_ten(works: int, each: int) -> None:
    held = []
    for seed in range(1000 // works + 2):
        people = crowd(seed, works=works, each=each)
        found = estimate(people.marks).official
        held += list((found.low <= people.truth) & (people.truth <= found.high))

    assert 0.86 <= np.mean(held) <= 0.965


def sabotaged(share: float, points: float) -> Callable[[int], Crowd]:
    """A share of the reviewers gives everything the same points."""

    def hostile(seed: int) -> Crowd:
        people = crowd(seed)
        bad = np.random.default_rng(seed + 100).random(int(people.rater.max()) + 1) < share
        return people.marked(np.where(bad[people.rater], points, people.points))

    return hostile


def careless(share: float) -> Callable[[int], Crowd]:
    """A share of the reviewers marks by chance."""

    def random(seed: int) -> Crowd:
        people, chance = crowd(seed), np.random.default_rng(seed + 100)
        bad = chance.random(int(people.rater.max()) + 1) < share
        return people.marked(np.where(bad[people.rater], chance.uniform(0, 100, len(people.points)), people.points))

    return random


def two_cohorts(seed: int) -> Crowd:
    """Two groups that never meet: one marks 7 points high, one 7 low."""
    first, second = crowd(seed, works=300, lenient=7), crowd(seed + 50, works=300, lenient=-7)
    return Crowd(
        submission=np.concatenate([first.submission, second.submission + 300]),
        rater=np.concatenate([first.rater, second.rater + 300]),
        points=np.concatenate([first.points, second.points]),
        truth=np.concatenate([first.truth, second.truth]),
    )


def ring(seed: int) -> Crowd:
    """Ten of two hundred review one another only, and give full marks."""
    people = crowd(seed, works=200)
    inside = people.submission < 10
    rater = np.where(inside, (people.submission + 1 + np.tile([0, 1, 2], 200)) % 10, people.rater)
    meets = ~inside & (people.rater < 10)
    rater = np.where(meets, people.rater + 100, rater)
    return Crowd(
        submission=people.submission,
        rater=rater,
        points=np.where(inside, 100.0, people.points),
        truth=people.truth,
    )


KINDS: dict[str, Callable[[int], Crowd]] = {
    "one review each": lambda seed: crowd(seed, each=1),
    "three reviews each": crowd,
    "two reviews each": lambda seed: crowd(seed, each=2),
    "five reviews each": lambda seed: crowd(seed, each=5),
    "quiet reviewers": lambda seed: crowd(seed, bias=3, noise=5),
    "quiet reviewers, one review each": lambda seed: crowd(seed, bias=3, noise=5, each=1),
    "nearly exact reviewers": lambda seed: crowd(seed, bias=1, noise=2),
    "loud reviewers": lambda seed: crowd(seed, bias=20, noise=25),
    "lenient reviewers": lambda seed: crowd(seed, lenient=6),
    "work near full marks": lambda seed: crowd(seed, truth=nearly_full()),
    "work near full marks, quiet": lambda seed: crowd(seed, truth=nearly_full(), bias=3, noise=5),
    "all work equally good": lambda seed: crowd(seed, truth=normal(deviation=0.0)),
    "two kinds of work": lambda seed: crowd(seed, truth=two_kinds()),
    "two kinds of work, one review each": lambda seed: crowd(seed, truth=two_kinds(), each=1),
    "six levels": lambda seed: crowd(seed).rounded(5),
    "two levels": lambda seed: crowd(seed).rounded(1),
    "eight reviewers for all": lambda seed: crowd(seed, works=300, raters=8),
    "two cohorts": two_cohorts,
    "ring of ten": ring,
    "5 % give nothing": sabotaged(0.05, 0.0),
    "20 % give nothing": sabotaged(0.2, 0.0),
    "20 % give full marks": sabotaged(0.2, 100.0),
    "5 % mark by chance": careless(0.05),
    "20 % mark by chance": careless(0.2),
}


@pytest.mark.parametrize("kind", KINDS)
def test_scores_are_never_worse_than_the_mean_of_the_reviews(kind: str) -> None:
    errors = []
    for seed in range(2):
        people = KINDS[kind](seed)
        errors.append((rmse(estimate(people.marks).official.score, people.truth), rmse(people.mean, people.truth)))

    ours, mean = np.mean(errors, axis=0)

    assert ours <= 1.02 * mean


@pytest.mark.parametrize("kind", KINDS)
def test_the_interval_holds_the_truth_whatever_the_crowd(kind: str) -> None:
    assert held_in([KINDS[kind](seed) for seed in range(4)]) >= 0.86


@pytest.mark.parametrize("kind", ["two levels", "20 % give nothing", "20 % give full marks", "20 % mark by chance"])
def test_an_interval_that_allows_for_more_is_no_wider_than_it_must_be(kind: str) -> None:
    assert held_in([KINDS[kind](seed) for seed in range(4)]) <= 0.96


@pytest.mark.parametrize("points", [0.0, 100.0])
def test_marks_that_tell_nothing_of_the_work_widen_intervals_and_move_no_score(points: float) -> None:
    people = sabotaged(0.2, points)(1)
    found = estimate(people.marks)

    alone = official(
        found.likeliest,
        found.peers,
        widening=found.model.widening,
        doubts=Doubts(shared=found.beliefs.leniency_variance, own=0.0),
    )

    assert found.official.score.tolist() == alone.score.tolist()
    assert float(np.mean(found.official.high - found.official.low)) > 1.1 * float(np.mean(alone.high - alone.low))


def held_in(crowds: Sequence[Crowd]) -> float:
    """The share of all works whose interval holds the truth."""
    held: list[bool] = []
    for people in crowds:
        found = estimate(people.marks).official
        held += ((found.low <= people.truth) & (people.truth <= found.high)).tolist()
    return float(np.mean(held))


def test_anchors_take_away_what_all_reviewers_mark_too_high() -> None:
    people = crowd(1, lenient=12)
    staff = [
        Anchor(submission=people.marks.submissions[place], points=float(people.truth[place]))
        for place in np.random.default_rng(1).choice(1000, 10, replace=False)
    ]

    found = estimate(people.marks, staff)

    shift = float(people.points.mean() - people.truth.mean())
    assert abs(found.model.leniency - shift) < 2 * found.model.leniency_sd
    assert rmse(found.official.score, people.truth) < 0.75 * rmse(estimate(people.marks).official.score, people.truth)


def test_anchors_picked_among_the_lowest_marks_do_not_shift_everybody() -> None:
    people = crowd(2)
    lowest = np.argsort(people.mean)[:20]
    staff = [Anchor(submission=people.marks.submissions[place], points=float(people.truth[place])) for place in lowest]

    found = estimate(people.marks, staff)

    assert abs(found.model.leniency) < 3.5
    assert rmse(found.official.score, people.truth) < 1.06 * rmse(estimate(people.marks).official.score, people.truth)


def test_the_interval_holds_work_that_staff_has_not_read() -> None:
    held = []
    for seed in range(10):
        people = crowd(seed, works=300, lenient=8)
        chosen = np.random.default_rng(seed).choice(300, 10, replace=False)
        names = people.marks.submissions
        found = estimate(
            people.marks, [Anchor(submission=names[place], points=float(people.truth[place])) for place in chosen]
        ).official
        unread = np.ones(300, dtype=bool)
        unread[chosen] = False
        held += list(((found.low <= people.truth) & (people.truth <= found.high))[unread])

    assert 0.86 <= np.mean(held) <= 0.96


@pytest.mark.parametrize(("each", "noise"), [(2, 12.0), (3, 12.0), (3, 5.0), (5, 12.0)])
def test_a_mark_that_rises_from_nothing_to_full_never_lowers_its_score(each: int, noise: float) -> None:
    people = crowd(11, works=60, each=each, noise=noise)
    for mark in range(4):
        scores = []
        for points in range(0, 101, 10):
            given = people.points.copy()
            given[mark] = points
            scores.append(float(estimate(people.marked(given).marks).official.score[people.submission[mark]]))

        assert all(later >= earlier - 0.01 for earlier, later in itertools.pairwise(scores))
        assert scores[-1] > scores[0] + 3
