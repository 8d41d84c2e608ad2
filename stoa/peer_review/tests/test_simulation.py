"""Simulated classes keep the promise, whoever leaves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stoa.peer_review.rules.fairness import gini
from stoa.peer_review.rules.simulation.crowd import Crowd
from stoa.peer_review.rules.simulation.figures import Outcome, simulate, together
from stoa.peer_review.rules.simulation.orders import ORDERS, ByValue
from stoa.peer_review.rules.simulation.running import Simulation
from stoa.peer_review.rules.states import SubmissionState


def outcome(*, authors: int, dropout: float, seeds: int, rule: str = "ours", crowd: Crowd | None = None) -> Outcome:
    people = crowd or Crowd(learners=authors, dropout=dropout)
    return together(simulate(people, rule=rule, seed=seed) for seed in range(seeds))


@pytest.mark.req("R112", "R114")
@pytest.mark.parametrize("authors", [1, 2, 3, 10, 30, 100])
@pytest.mark.parametrize("dropout", [0.0, 0.5, 0.9, 1.0])
def test_no_on_time_work_goes_without_a_score(authors: int, dropout: float) -> None:
    ended = outcome(authors=authors, dropout=dropout, seeds=12)

    assert (ended.unreviewed, ended.overdue, ended.no_harm) == (0, 0, 0)
    assert ended.final_days_max <= 7.0


@pytest.mark.req("R112")
@pytest.mark.parametrize("dropout", [0.0, 0.95])
def test_a_promise_of_72_hours_is_kept_too(dropout: float) -> None:
    ended = outcome(authors=100, dropout=dropout, seeds=6, crowd=Crowd(learners=100, dropout=dropout, promise_days=3))

    assert (ended.unreviewed, ended.overdue, ended.no_harm) == (0, 0, 0)
    assert ended.final_days_max <= 3.0


@given(
    authors=st.integers(1, 25),
    dropout=st.floats(0, 1),
    seed=st.integers(0, 10**6),
    abandons=st.sampled_from([0.0, 0.1, 1.0]),
    cap=st.none() | st.integers(0, 3),
)
@settings(max_examples=60)
def test_the_invariants_hold_in_every_class(
    authors: int, dropout: float, seed: int, abandons: float, cap: int | None
) -> None:
    crowd = Crowd(learners=authors, dropout=dropout, abandons=abandons)

    store = Simulation(crowd=crowd, seed=seed, order=ByValue(), staff_cap=cap).run()

    for work in store.works.values():
        readers = [member for member in store.members.values() if work.number in member.seen]
        assert all(reader.number not in work.authors for reader in readers)
        assert work.leased == sum(lease.live for lease in store.leases[work.number].values()) == 0
        assert work.final_at is not None
        assert work.final_at <= store.terms.promise.due(work.since)
        if work.state is SubmissionState.NO_HARM:
            assert cap is not None
            assert work.done == 0


def test_an_abandon_storm_ends_with_staff_not_with_nothing() -> None:
    crowd = Crowd(learners=60, abandons=1.0, late_review=0.0)

    ended = outcome(authors=60, dropout=0, seeds=3, crowd=crowd)

    assert (ended.unreviewed, ended.staff_reads) == (0, 180)


def test_everyone_may_hand_in_in_the_last_hour() -> None:
    ended = outcome(authors=0, dropout=0.5, seeds=2, crowd=Crowd(learners=1500, dropout=0.5, hand_in_days=0.01, late=0))

    assert (ended.unreviewed, ended.overdue, ended.on_time) == (0, 0, ended.works)


@pytest.mark.parametrize("at_deadline", [True, False])
def test_nobody_need_review_before_the_deadline(*, at_deadline: bool) -> None:
    crowd = Crowd(learners=90, dropout=0.5, opens_at_deadline=at_deadline, hand_in_days=5)

    ended = outcome(authors=90, dropout=0.5, seeds=4, crowd=crowd)

    assert (ended.unreviewed, ended.overdue, ended.no_harm) == (0, 0, 0)


def test_with_nudges_switched_off_staff_read_more_and_nobody_waits() -> None:
    silent = Crowd(learners=90, dropout=0.9, nudged=0.0, volunteers=0.0)

    ended = outcome(authors=90, dropout=0.9, seeds=4, crowd=silent)

    assert (ended.unreviewed, ended.overdue) == (0, 0)
    assert ended.staff_reads > 0.5 * ended.works


def test_over_the_cap_nobody_gets_a_zero() -> None:
    crowd = Crowd(learners=20, dropout=1.0, nudged=0.0)

    ended = simulate(crowd, rule="ours", seed=1, staff_cap=5)

    assert (ended.staff_reads, ended.no_harm, ended.overdue) == (5, ended.on_time - 5, 0)


@pytest.mark.req("R115")
def test_where_all_take_part_all_get_equally_many_reviews() -> None:
    crowd = Crowd(learners=60, reads_all=1.0, eager=0.0, abandons=0.05)

    ended = outcome(authors=60, dropout=0, seeds=5, crowd=crowd)

    assert ended.gini / ended.seeds <= 0.1
    assert ended.staff_reads == 0


@pytest.mark.req("R115")
def test_contributors_get_equally_many_reviews_though_others_leave() -> None:
    ended = outcome(authors=0, dropout=0, seeds=1, crowd=Crowd(learners=2000))

    assert ended.gini_contributors <= 0.1
    assert ended.contributors_short <= 0.08 * ended.contributors


@pytest.mark.parametrize("rule", sorted(set(ORDERS) - {"ours"}))
def test_other_rules_leave_work_unread(rule: str) -> None:
    crowd = Crowd(learners=2000, dropout=0.5)

    others, ours = (outcome(authors=0, dropout=0.5, seeds=2, rule=name, crowd=crowd) for name in (rule, "ours"))

    assert others.unreviewed > 0.1 * others.on_time
    assert ours.unreviewed == 0


@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_gini_is_the_mean_difference_of_pairs(counts: list[int]) -> None:
    pairs = sum(abs(a - b) for a in counts for b in counts)
    expected = pairs / (2 * len(counts) * sum(counts)) if sum(counts) else 0.0

    assert gini(counts) == pytest.approx(expected)


def test_a_seed_gives_the_same_class_again() -> None:
    crowd = Crowd(learners=50, dropout=0.5)

    assert simulate(crowd, rule="ours", seed=3) == simulate(crowd, rule="ours", seed=3)
