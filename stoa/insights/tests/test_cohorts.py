"""Runs stand beside one another in the same week since each one's start."""

from pathlib import Path

import pytest

from stoa.insights.engine.asking.cohorts import COLUMNS, WEEK, cohorts
from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.metrics.expressions.course import COURSE
from stoa.insights.engine.metrics.states import STATES
from stoa.insights.engine.schema import PERSON_COURSE as PERSON
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries.cohorts import cohorts_of
from stoa.insights.rules.answers import Table
from stoa.insights.tests.crowds import DAY, JANUARY, Row, add_rows

OLD, NEW = "course-v1:Uni+Bees+old", "course-v1:Uni+Bees+new"
LATER = JANUARY + 52 * WEEK
KEYS = {"new": NEW, "old": OLD}


def stayed(course: int, learner: int, *, came: int, went: int, certified: int | None = None) -> Row:
    """A participant who acted from the week `came` of the run to the week `went`, both from 0."""
    start = {0: JANUARY, 1: LATER}[course]
    told: dict[str, str | float | bool | None] = {
        "course": course,
        "learner": learner,
        "course_id": (OLD, NEW)[course],
        "registered": True,
        "viewed": True,
        "status": "viewed",
        "sum_dt_30": 0,
        "first_event": start + came * WEEK + DAY,
        "last_event": start + went * WEEK + DAY,
    }
    return told | ({"certified": True, "cert_time": start + certified * WEEK} if certified is not None else {})


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An old run of three learners with four weeks behind it, a new one of two that is in its third week."""
    people = [
        stayed(0, 1, came=0, went=3, certified=3),
        stayed(0, 2, came=0, went=0),
        stayed(0, 3, came=1, went=1),
        stayed(1, 4, came=0, went=2),
        stayed(1, 5, came=1, went=1),
    ]
    house = Warehouse(tmp_path / "w")
    add_rows(house, "tables/person_course", {**PERSON, "course": "INTEGER", "learner": "INTEGER"}, people)
    courses: list[Row] = [{"course": 0, "course_id": OLD, "start": JANUARY}, {"course": 1, "course_id": NEW}]
    add_rows(house, "tables/course", COURSE, courses)
    add_rows(house, "state/days", STATES["state/days"], [one for told in people for one in days_of(told)])
    return house


def days_of(told: Row) -> list[Row]:
    """Two hours on the first and on the last day."""
    days = {int(told[name] or 0) // DAY for name in ("first_event", "last_event")}
    alike = {"course": told["course"], "learner": told["learner"], "nevents": 3, "sum_dt_30": 7_200_000_000}
    return [{**alike, "day": day} for day in sorted(days)]


def test_each_week_that_is_over_says_who_had_come_acted_stayed_and_earned_it(warehouse: Warehouse) -> None:
    found = cohorts(Opened(warehouse).data(), (OLD, NEW))

    old = [row[1:] for row in found.rows if row[0] == OLD]
    new = [row[1:] for row in found.rows if row[0] == NEW]
    assert found.columns == COLUMNS
    assert old[:4] == [(1, 2, 2, 2, 0, 4.0), (2, 3, 1, 2, 0, 6.0), (3, 3, 0, 1, 0, 6.0), (4, 3, 1, 1, 1, 8.0)]
    assert [row[:5] for row in new] == [(1, 1, 1, 1, 0), (2, 2, 1, 2, 0)]


def test_runs_are_shown_at_the_same_week(warehouse: Warehouse) -> None:
    table = cohorts(Opened(warehouse).data(), (OLD, NEW))

    beside = cohorts_of(table, KEYS, here="new")

    assert beside is not None
    assert beside.week == 2
    assert [(one.run, one.here, one.participants, one.active) for one in beside.rows] == [
        ("new", True, "2", "1 (50\N{NO-BREAK SPACE}%)"),
        ("old", False, "3", "1 (33\N{NO-BREAK SPACE}%)"),
    ]
    assert {row.series for row in beside.drawn.chart.rows} == {"Run new", "Run old"}


def test_a_run_alone_is_beside_nobody(warehouse: Warehouse) -> None:
    table = cohorts(Opened(warehouse).data(), (NEW,))

    assert cohorts_of(table, KEYS, here="new") is None
    assert cohorts_of(Table(version=1, name="cohorts", columns=COLUMNS), KEYS, here="old") is None


def test_nobody_acts_in_a_week_before_they_have_come(tmp_path: Path) -> None:
    hour = DAY // 24
    late: Row = {**stayed(0, 1, came=0, went=1), "first_event": JANUARY + WEEK + 12 * hour}
    house = Warehouse(tmp_path / "w")
    add_rows(house, "tables/person_course", {**PERSON, "course": "INTEGER", "learner": "INTEGER"}, [late])
    add_rows(house, "tables/course", COURSE, [{"course": 0, "course_id": OLD, "start": JANUARY + 9 * hour}])
    add_rows(house, "state/days", STATES["state/days"], days_of(late))

    found = cohorts(Opened(house).data(), (OLD,))

    assert [row[2:4] for row in found.rows] == [(0, 0)]
