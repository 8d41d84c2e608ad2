"""Runs stand beside one another in the same week since each one's start."""

from pathlib import Path

import pytest

from stoa.insights.engine.asking.cohorts import COLUMNS, cohorts
from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries.cohorts import cohorts_of
from stoa.insights.rules.answers import Table
from stoa.insights.tests.crowds import DAY, JANUARY
from stoa.insights.tests.metrics.warehouses import MINUTE, Event, World, a_warehouse

OLD, NEW = "course-v1:Uni+Bees+old", "course-v1:Uni+Bees+new"
WEEK = 7 * DAY
LATER = JANUARY + 52 * WEEK
KEYS = {"new": NEW, "old": OLD}


def a_world(*, start: int = JANUARY) -> World:
    world = World(courses=[OLD, NEW], learners=["ada", "bo", "cy", "dee", "eli"], objects=["page"])
    world.say("courses", course=0, field="start", value=str(start))
    return world


def stays(world: World, course: int, learner: int, *, came: int, went: int, certified: int | None = None) -> None:
    """A participant who acts for an hour in the week `came` of the run and in the week `went`, both from 0."""
    start = (JANUARY, LATER)[course]
    world.enrol(learner, course, t=start)
    for week in sorted({came, went}):
        at = start + week * WEEK + DAY
        world.events += [
            Event(course=course, learner=learner, t=at + n * 30 * MINUTE, kind=Kind.PAGE, object=0) for n in range(3)
        ]
    if certified is not None:
        world.certify(learner, course, t=start + certified * WEEK)


def built(folder: Path, world: World) -> Warehouse:
    warehouse = a_warehouse(folder, world)
    with warehouse.alone():
        build(warehouse)
    return warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An old run of three learners with four weeks behind it, a new one of two that is in its third week."""
    world = a_world()
    stays(world, 0, 0, came=0, went=3, certified=3)
    stays(world, 0, 1, came=0, went=0)
    stays(world, 0, 2, came=1, went=1)
    stays(world, 1, 3, came=0, went=2)
    stays(world, 1, 4, came=1, went=1)
    return built(tmp_path, world)


def test_each_week_that_is_over_says_who_had_come_acted_stayed_and_earned_it(warehouse: Warehouse) -> None:
    found = cohorts(Opened(warehouse).data(), (OLD, NEW))

    old = [row[1:] for row in found.rows if row[0] == OLD]
    new = [row[1:] for row in found.rows if row[0] == NEW]
    assert found.columns == COLUMNS
    assert old[:4] == [(1, 2, 2, 2, 0, 2.0), (2, 3, 1, 2, 0, 3.0), (3, 3, 0, 1, 0, 3.0), (4, 3, 1, 1, 1, 4.0)]
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
    world = a_world(start=JANUARY + 9 * 60 * MINUTE)
    stays(world, 0, 0, came=1, went=2)

    found = cohorts(Opened(built(tmp_path, world)).data(), (OLD,))

    assert [row[2:5] for row in found.rows] == [(0, 0, 0), (1, 1, 1)]
