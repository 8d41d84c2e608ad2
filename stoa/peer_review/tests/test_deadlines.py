"""Properties of deadlines: grace, extensions, lateness, and the days when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.rules.deadlines import Deadline, Window, may_replace, moment_in, reviews_due

moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- Hypothesis adds the zone
walls = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001 -- what a clock on a wall shows
spans = st.timedeltas(timedelta(0), timedelta(days=20))
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
deadlines = st.builds(Deadline, due=moments, grace=spans, late=st.none() | spans)


@given(deadlines, moments)
def test_on_time_is_until_the_end_of_the_grace(deadline: Deadline, at: datetime) -> None:
    assert deadline.on_time(at) == (deadline.window(at) in {Window.OPEN, Window.GRACE})


@given(deadlines, moments, moments)
def test_a_window_once_left_never_comes_back(deadline: Deadline, one: datetime, other: datetime) -> None:
    order = list(Window)
    first, second = sorted([one, other])

    assert order.index(deadline.window(first)) <= order.index(deadline.window(second))


@given(deadlines, moments, moments)
def test_an_extension_never_takes_time_away(deadline: Deadline, until: datetime, at: datetime) -> None:
    extended = deadline.extended(until)

    assert not deadline.on_time(at) or extended.on_time(at)
    assert extended.penalty(at, a_day=10) <= deadline.penalty(at, a_day=10)
    if at <= until:
        assert extended.on_time(at)


@given(deadlines, moments, st.integers(0, 100))
def test_a_penalty_is_only_for_late_work_and_grows_by_days_begun(deadline: Deadline, at: datetime, a_day: int) -> None:
    penalty = deadline.penalty(at, a_day=a_day)

    assert 0 <= penalty <= 100
    assert deadline.on_time(at) is False or penalty == 0
    assert penalty == 0 or penalty == min(100, a_day * round(penalty / a_day)) or penalty == 100
    assert deadline.penalty(at + timedelta(days=1), a_day=a_day) >= penalty


def test_an_hour_late_costs_a_day() -> None:
    due = datetime(2026, 3, 16, 9, tzinfo=UTC)
    deadline = Deadline(due=due, late=timedelta(days=3))

    assert [deadline.penalty(due + timedelta(hours=hours), a_day=10) for hours in (0, 1, 24, 25)] == [0, 10, 10, 20]


@given(moments)
def test_without_a_date_it_is_always_open(at: datetime) -> None:
    assert Deadline().window(at) is Window.OPEN
    assert Deadline().closes is None


@given(st.booleans(), st.sampled_from(Window))
def test_nothing_is_replaced_that_could_not_be_handed_in(on_time: bool, window: Window) -> None:
    if may_replace(on_time=on_time, window=window):
        assert window in {Window.OPEN, Window.GRACE, Window.LATE}
        assert not (on_time and window is Window.LATE)


@given(moments, st.none() | moments, st.none() | moments)
def test_reviews_are_never_due_before_they_can_begin(
    submitted_at: datetime, opens: datetime | None, due: datetime | None
) -> None:
    until = reviews_due(submitted_at=submitted_at, reviews_open_at=opens, due_at=due)

    assert until > max(submitted_at, opens or submitted_at)


@given(walls, zones)
def test_the_moment_of_a_clock_shows_that_time_or_one_after_the_gap(wall: datetime, zone: str) -> None:
    shown = moment_in(zone, wall).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert shown == wall or timedelta(0) < shown - wall <= timedelta(hours=1)


def test_a_deadline_on_the_days_when_clocks_change() -> None:
    spring = moment_in("Europe/Berlin", datetime(2026, 3, 29, 2, 30))  # noqa: DTZ001 -- what a clock on a wall shows
    autumn = moment_in("Europe/Berlin", datetime(2026, 10, 25, 2, 30))  # noqa: DTZ001 -- what a clock on a wall shows

    assert spring == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert autumn == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
