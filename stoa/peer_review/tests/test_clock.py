"""The rescue ladder, and when a piece of work is final."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.rules.allocation import Credit
from stoa.peer_review.rules.clock import (
    MARGIN,
    Case,
    Rung,
    Verdict,
    due_rungs,
    final_decision,
    next_rung_at,
    staff_order,
)
from stoa.peer_review.rules.promise import Promise, clock_start, resumed, score_shown
from stoa.peer_review.rules.states import (
    SUBMISSION_MOVES,
    WAITING,
    ReviewState,
    StateRefused,
    SubmissionState,
    after_review,
    moved,
    review_moved,
)

OPEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEVEN, THREE = Promise(), Promise(days=3)
waiting = Case(state=SubmissionState.OPEN, since=OPEN)
promises = st.floats(1, 60).map(lambda days: Promise(days=days))
cases = st.builds(
    Case,
    state=st.sampled_from(sorted(WAITING)),
    since=st.just(OPEN),
    done=st.integers(0, 8),
    climbed=st.integers(0, 9),
    half_width=st.none() | st.floats(0, 50),
    spread=st.floats(0, 100),
)


def verdict(case: Case, day: float, promise: Promise = SEVEN) -> Verdict:
    return final_decision(case, now=promise.at(OPEN, day), promise=promise)


def test_the_rungs_come_on_their_days() -> None:
    days = [0.9, 1, 3, 4, 5, 6, 7]

    rungs = [due_rungs(waiting, now=SEVEN.at(OPEN, day), promise=SEVEN)[-1:] for day in days]

    assert [rung[0] if rung else None for rung in rungs] == [
        None,
        Rung.FIRST_NUDGE,
        Rung.VOLUNTEERS,
        Rung.URGENT,
        Rung.EARLY_FINAL,
        Rung.STAFF,
        Rung.FINAL,
    ]


@given(climbed=st.integers(0, 9), minutes=st.integers(0, 12 * 24 * 60), promise=promises)
def test_a_rung_is_taken_once_and_the_clock_knows_the_next(climbed: int, minutes: int, promise: Promise) -> None:
    now = OPEN + timedelta(minutes=minutes)

    due = due_rungs(replace(waiting, climbed=climbed), now=now, promise=promise)
    upcoming = next_rung_at(climbed=max([climbed, *due]), since=OPEN, promise=promise)

    assert all(rung > climbed for rung in due)
    assert list(due) == sorted(due)
    assert upcoming is None or upcoming > now


@given(case=cases, promise=promises)
def test_i1_nothing_waits_beyond_its_promise(case: Case, promise: Promise) -> None:
    at_the_end = final_decision(case, now=promise.due(OPEN) - MARGIN, promise=promise)

    assert at_the_end is (Verdict.FINAL if case.done else Verdict.NO_HARM)


def test_two_reviews_are_enough_from_the_fifth_day_where_they_agree() -> None:
    agreed = replace(waiting, done=2, half_width=8.0)

    assert [verdict(agreed, day) for day in (4.9, 5)] == [Verdict.WAIT, Verdict.FINAL]
    assert [verdict(agreed, day, THREE) for day in (4.9, 5)] == [Verdict.WAIT, Verdict.FINAL]
    assert verdict(replace(agreed, half_width=8.1), 6.9) is Verdict.WAIT
    assert verdict(replace(agreed, half_width=None), 6.9) is Verdict.WAIT
    assert verdict(replace(agreed, done=1), 6.9) is Verdict.WAIT


def test_staff_read_what_nobody_read_by_the_sixth_day() -> None:
    assert [verdict(waiting, day) for day in (5.9, 6)] == [Verdict.WAIT, Verdict.STAFF]
    assert verdict(replace(waiting, staff_read=True), 6) is Verdict.FINAL


def test_who_has_no_peers_goes_to_staff_at_once() -> None:
    assert verdict(replace(waiting, alone=True), 0) is Verdict.STAFF


def test_staff_read_where_peers_cannot_agree() -> None:
    torn = replace(waiting, done=2, spread=36.0, half_width=20.0)

    assert [verdict(torn, day) for day in (5.9, 6)] == [Verdict.WAIT, Verdict.STAFF]
    assert verdict(replace(waiting, done=5, half_width=15.1), 2) is Verdict.STAFF
    assert verdict(replace(waiting, done=4, half_width=15.1), 2) is Verdict.WAIT


@given(case=cases, state=st.sampled_from(sorted(set(SubmissionState) - WAITING)), day=st.floats(0, 30))
def test_what_does_not_wait_is_left_alone(case: Case, state: SubmissionState, day: float) -> None:
    asleep = replace(case, state=state)

    assert verdict(asleep, day) is Verdict.WAIT
    assert due_rungs(asleep, now=SEVEN.at(OPEN, day), promise=SEVEN) == ()


def test_staff_read_contributors_first_then_what_is_due_first() -> None:
    def key(credit: Credit, *, on_time: bool, day: int) -> tuple[int, int, datetime]:
        return staff_order(credit=credit, on_time=on_time, promised_at=SEVEN.at(OPEN, day))

    late, other = key(Credit.FULL, on_time=False, day=1), key(Credit.SOME, on_time=True, day=1)
    soon, later = key(Credit.FULL, on_time=True, day=2), key(Credit.FULL, on_time=True, day=3)

    assert sorted([late, other, later, soon]) == [soon, later, late, other]


def test_the_clock_starts_when_reading_can_begin() -> None:
    tomorrow = OPEN + timedelta(days=1)

    assert clock_start(submitted_at=OPEN, reviews_open_at=None) == OPEN
    assert clock_start(submitted_at=OPEN, reviews_open_at=tomorrow) == tomorrow
    assert clock_start(submitted_at=tomorrow, reviews_open_at=OPEN) == tomorrow


@pytest.mark.req("R112")
def test_seven_days_are_168_hours_whatever_summer_time_does() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Berlin"))

    assert SEVEN.due(before.astimezone(UTC)) - before.astimezone(UTC) == timedelta(hours=168)
    assert THREE.due(before.astimezone(UTC)) - before.astimezone(UTC) == timedelta(hours=72)


@given(hours=st.integers(-48, 24 * 30), longest=st.integers(0, 7))
def test_a_clock_stands_still_for_a_bounded_time(hours: int, longest: int) -> None:
    since = resumed(since=OPEN, paused_at=OPEN, now=OPEN + timedelta(hours=hours), longest=timedelta(days=longest))

    assert since - OPEN == timedelta(hours=max(0, min(hours, longest * 24)))


def test_an_author_in_debt_sees_the_score_after_fourteen_days() -> None:
    shown = [score_shown(owed=3, given=2, since=OPEN, now=SEVEN.at(OPEN, day), promise=SEVEN) for day in (13.9, 14)]

    assert shown == [False, True]
    assert score_shown(owed=3, given=3, since=OPEN, now=OPEN, promise=SEVEN)


@given(old=st.sampled_from(SubmissionState), new=st.sampled_from(SubmissionState))
def test_final_is_left_only_by_appeal_or_a_check_and_comes_back(old: SubmissionState, new: SubmissionState) -> None:
    try:
        assert moved(old, new) is new
    except StateRefused:
        assert new is not old
    assert SUBMISSION_MOVES[SubmissionState.FINAL] == {SubmissionState.APPEAL, SubmissionState.INTEGRITY_HOLD}


@given(state=st.sampled_from(SubmissionState))
def test_a_review_never_makes_a_state_that_is_not_allowed(state: SubmissionState) -> None:
    assert moved(state, after_review(state)) is after_review(state)


def test_i4_a_late_review_is_taken_and_a_counting_one_never_expires() -> None:
    assert review_moved(ReviewState.EXPIRED, ReviewState.SUBMITTED) is ReviewState.SUBMITTED
    assert review_moved(ReviewState.RELEASED, ReviewState.SUBMITTED) is ReviewState.SUBMITTED
    for gone in (ReviewState.EXPIRED, ReviewState.RELEASED, ReviewState.DECLINED):
        with pytest.raises(StateRefused):
            review_moved(ReviewState.ACCEPTED, gone)
