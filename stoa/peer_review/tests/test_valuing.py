"""What the next review is worth, and to whom it goes."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.rules.allocation import (
    Candidate,
    Credit,
    Reviewer,
    Terms,
    choose,
    is_backlog,
    ranked,
    value,
    wants_more,
)
from stoa.peer_review.rules.allocation.choosing import Chance, highest
from stoa.peer_review.rules.promise import Promise

OPEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
READER = Reviewer(person=1000)
ages = st.floats(0, 7)
chances = st.integers(0, 2**32).map(lambda salt: partial(chance_of, salt))
terms_of = st.builds(Terms, backlog=st.booleans(), wanted=st.integers(1, 6))


def chance_of(salt: int, submission: int) -> float:
    return (hash((salt, submission)) % 10_007) / 10_007


def at(day: float) -> datetime:
    return Promise().at(OPEN, day)


def worth(
    day: float, credit: Credit, *, done: int = 0, leased: int = 0, on_time: bool = True, backlog: bool = False
) -> float:
    candidate = Candidate(
        submission=1, authors=frozenset({1}), since=OPEN, credit=credit, on_time=on_time, done=done, leased=leased
    )
    return round(value(candidate, now=at(day), terms=Terms(backlog=backlog)), 6)


@st.composite
def candidates(draw: st.DrawFn, number: int = 1) -> Candidate:
    done = draw(st.integers(0, 3))
    return Candidate(
        submission=number,
        authors=frozenset({number}),
        since=OPEN - timedelta(days=draw(ages)),
        credit=draw(st.sampled_from(Credit)),
        on_time=draw(st.booleans()),
        done=done,
        leased=draw(st.integers(0, 3 - done)),
    )


pools = st.integers(1, 12).flatmap(lambda size: st.tuples(*(candidates(number) for number in range(size))))


def test_first_reviews_are_worth_most_and_contributors_come_first_among_equals() -> None:
    full, some, none = Credit.FULL, Credit.SOME, Credit.NONE

    assert [worth(2, full, done=n) for n in range(4)] == [2.1, 1.7, 1.3, 0]
    assert [worth(2, some, done=n) for n in range(4)] == [1.97, 0.8, 0.5, 0]
    assert [worth(2, none, done=n) for n in range(4)] == [1.95, 0.4, 0.2, 0]
    assert [worth(2, none, on_time=False, done=n) for n in range(4)] == [0.975, 0.2, 0.1, 0]
    assert [worth(5, credit) for credit in (full, some, none)] == [35, 10, 8]
    assert worth(5, none, on_time=False) == 0.975
    assert [worth(2, credit, backlog=True) for credit in (full, some, none)] == [32, 1.97, 1.95]
    assert worth(2, none, on_time=False, backlog=True) == 0.975


def test_a_live_lease_counts_like_a_review() -> None:
    assert worth(2, Credit.FULL, leased=1) == worth(2, Credit.FULL, done=1)


def test_a_promise_of_three_days_stretches_every_day_of_the_ladder() -> None:
    short = Promise(days=3)
    candidate = Candidate(submission=1, authors=frozenset({1}), since=OPEN, credit=Credit.NONE)

    hours = [value(candidate, now=OPEN + timedelta(hours=h), terms=Terms(promise=short)) for h in (41, 42)]

    assert hours == [1.95, pytest.approx(3 + 42 / (72 / 7))]


@given(reading=st.integers(0, 1000), done=st.integers(0, 1000))
def test_backlog_is_more_than_two_days_of_reading(reading: int, done: int) -> None:
    assert is_backlog(unread=reading, completed_in_a_day=done) is (reading > 2 * done)


@given(pool=pools, day=ages, terms=terms_of, chance=chances)
def test_i5_no_contributor_waits_behind_another_of_equal_age_and_count(
    pool: tuple[Candidate, ...], day: float, terms: Terms, chance: Chance
) -> None:
    order = ranked([pool], reviewer=READER, now=at(day), terms=terms, chance=chance)

    for earlier, later in ((a, b) for i, a in enumerate(order) for b in order[i + 1 :]):
        if later.credit is Credit.FULL and (later.since, later.effective) == (earlier.since, earlier.effective):
            assert earlier.credit is Credit.FULL


@given(pool=pools, day=ages, terms=terms_of, chance=chances)
def test_i6_a_pull_gives_work_while_any_wants_a_review(
    pool: tuple[Candidate, ...], day: float, terms: Terms, chance: Chance
) -> None:
    chosen = choose([pool], reviewer=READER, now=at(day), terms=terms, chance=chance)

    assert (chosen is not None) == any(one.effective < terms.wanted for one in pool)
    assert chosen is None or chosen.effective < terms.wanted


@given(young=candidates(1), older=ages, day=ages, terms=terms_of)
def test_the_oldest_of_a_shelf_bounds_all_of_it(young: Candidate, older: float, day: float, terms: Terms) -> None:
    old = young._replace(submission=2, since=young.since - timedelta(days=older))
    now = at(day)

    assert old.shelf == young.shelf
    assert value(old, now=now, terms=terms) >= value(young, now=now, terms=terms)
    assert highest(old, reviewer=READER, now=now, terms=terms) >= value(young, now=now, terms=terms)


@given(day=ages, done=st.integers(3, 7), half_width=st.floats(0, 50), leased=st.integers(0, 1))
def test_beyond_k_only_uncertainty_asks_for_more(day: float, done: int, half_width: float, leased: int) -> None:
    sure = Candidate(submission=1, authors=frozenset({1}), since=OPEN, credit=Credit.FULL, done=done, leased=leased)
    unsure = Candidate(
        submission=2,
        authors=frozenset({2}),
        since=OPEN,
        credit=Credit.NONE,
        done=done,
        leased=leased,
        half_width=half_width,
        variance=half_width**2,
    )
    least = Candidate(
        submission=3, authors=frozenset({3}), since=OPEN, credit=Credit.NONE, on_time=False, done=2, leased=0
    )

    assert value(sure, now=at(day), terms=Terms()) == 0
    assert wants_more(unsure, Terms()) == (half_width > 8 and done < 6 and leased == 0)
    assert value(unsure, now=at(day), terms=Terms()) < value(least, now=at(day), terms=Terms())


def test_of_equal_works_a_strong_reviewer_gets_the_one_without() -> None:
    works = [
        Candidate(submission=n, authors=frozenset({n}), since=OPEN, credit=Credit.FULL, done=1, has_strong=n != 5)
        for n in range(8)
    ]
    reader = Reviewer(person=1000, strong=True)

    chosen = choose([works], reviewer=reader, now=at(1), terms=Terms(), chance=lambda number: number / 8)

    assert chosen is not None
    assert chosen.submission == 5
