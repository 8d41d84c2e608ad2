"""What holds for every table of reviews."""

import random

from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.rules.scoring.carrying import carried
from stoa.peer_review.rules.scoring.estimator import ASSUMED, score
from stoa.peer_review.rules.scoring.values import Anchor, Review

points = st.integers(0, 100).map(float)


@st.composite
def tables(draw: st.DrawFn) -> list[Review]:
    works = draw(st.integers(2, 12))
    rows = []
    for work in range(works):
        raters = draw(st.lists(st.integers(0, works + 2), min_size=1, max_size=5, unique=True))
        rows += [Review(submission=f"s{work:02d}", rater=f"r{rater:02d}", points=draw(points)) for rater in raters]
    return rows


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_reviews_changes_nothing(rows: list[Review], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)

    assert score(shuffled) == score(rows)


@given(tables())
def test_scoring_again_changes_nothing(rows: list[Review]) -> None:
    assert score(rows) == score(rows)


@given(tables(), st.randoms(use_true_random=False))
def test_names_change_nothing(rows: list[Review], chance: random.Random) -> None:
    works = sorted({row.submission for row in rows})
    raters = sorted({row.rater for row in rows})
    new_works = dict(zip(works, chance.sample([f"w{place}" for place in range(100)], len(works)), strict=True))
    new_raters = dict(zip(raters, chance.sample([f"p{place}" for place in range(100)], len(raters)), strict=True))
    renamed = [
        Review(submission=new_works[row.submission], rater=new_raters[row.rater], points=row.points) for row in rows
    ]

    before = {new_works[found.submission]: found for found in score(rows).scores}
    after = {found.submission: found for found in score(renamed).scores}

    assert all(abs(after[name].score - before[name].score) <= 0.011 for name in before)
    assert all(abs(after[name].low - before[name].low) <= 0.011 for name in before)


@given(tables(), st.lists(st.tuples(st.integers(0, 11), points), max_size=8))
def test_scores_lie_on_the_scale_and_within_their_interval(rows: list[Review], read: list[tuple[int, float]]) -> None:
    anchors = [Anchor(submission=f"s{work:02d}", points=given_points) for work, given_points in read]

    for found in score(rows, anchors).scores:
        assert 0.0 <= found.low <= found.score <= found.high <= 100.0


@given(tables(), st.data())
def test_a_higher_mark_never_lowers_the_score(rows: list[Review], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    row = rows[place]
    higher = data.draw(st.floats(row.points, 100.0))
    raised = [*rows]
    raised[place] = Review(submission=row.submission, rater=row.rater, points=higher)

    before = {found.submission: found.score for found in score(rows).scores}
    after = {found.submission: found.score for found in score(raised).scores}

    # In a tiny class one mark changes what all are believed to be, by up to this.
    assert after[row.submission] >= before[row.submission] - 0.2


@given(tables(), st.data())
def test_one_more_review_equal_to_the_mean_stays_within_the_interval(rows: list[Review], data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(rows))
    given_points = [other.points for other in rows if other.submission == row.submission]
    more = Review(submission=row.submission, rater="newcomer", points=sum(given_points) / len(given_points))

    before = {found.submission: found for found in score(rows).scores}[row.submission]
    after = {found.submission: found for found in score([*rows, more]).scores}[row.submission]

    assert before.low <= after.score <= before.high


@given(tables())
def test_turning_the_scale_round_turns_the_scores_round(rows: list[Review]) -> None:
    turned = [Review(submission=row.submission, rater=row.rater, points=100.0 - row.points) for row in rows]

    for before, after in zip(score(rows).scores, score(turned).scores, strict=True):
        assert abs(after.score - (100.0 - before.score)) <= 0.011


@given(tables())
def test_what_is_carried_over_lies_between_what_was_learnt_and_nothing(rows: list[Review]) -> None:
    found = score(rows)
    for reviewer in found.reviewers.values():
        kept = carried(reviewer, found.model, ASSUMED)

        assert abs(kept.bias) <= abs(reviewer.bias) + 1e-9
        assert reviewer.bias_variance - 1e-9 <= kept.bias_variance <= found.model.bias_sd**2 + 1e-9
        assert ASSUMED.noise_shape <= kept.shape <= reviewer.shape + 1e-9


def test_a_reviewer_who_is_not_seen_again_is_forgotten() -> None:
    found = score([Review(submission=f"s{work}", rater="x", points=40.0 + 20 * (work % 3)) for work in range(30)])
    reviewer = found.reviewers["x"]

    for _ in range(60):
        reviewer = carried(reviewer, found.model, ASSUMED)

    assert abs(reviewer.bias) < 0.01
    assert abs(reviewer.bias_variance - found.model.bias_sd**2) < 0.01
