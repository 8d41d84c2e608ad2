"""The fast path by numpy and the expressions on DuckDB give the same states and tables, in every column."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings

from stoa.insights.engine.metrics import fast
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.metrics.duck import duck
from stoa.insights.engine.metrics.registry.tables import TABLES
from stoa.insights.engine.metrics.states import STATES
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.metrics.test_oracle import COURSES, LEARNERS, events
from stoa.insights.tests.metrics.warehouses import Event, World, a_warehouse, more_events, rows_of

PARTS = (*STATES, *(f"tables/{name}" for name in TABLES))


def world(some: list[Event]) -> World:
    found = World(courses=list(COURSES), learners=list(LEARNERS), objects=["one", "two", "week1", "week2"], events=some)
    found.enrol(0)
    found.certify(1)
    return found


def all_of(warehouse: Warehouse) -> dict[str, list[dict[str, object]]]:
    return {part: [dict(row) for row in rows_of(warehouse, part)] for part in PARTS}


@given(events())
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_in_every_column(some: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = a_warehouse(Path(folder), world(some))
        build(warehouse)
        by_numpy = all_of(warehouse)
        build(warehouse, engine=duck)

        assert all_of(warehouse) == by_numpy


@given(events(), events())
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_events_that_come_in_two_files_count_as_in_one(some: list[Event], more: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = a_warehouse(Path(folder) / "whole", world([*some, *more]))
        parts = a_warehouse(Path(folder) / "parts", world(some))
        more_events(parts, more, len(some))
        build(whole)
        build(parts)

        assert all_of(parts) == all_of(whole)


def test_courses_are_taken_in_chunks_that_change_nothing(tmp_path: Path) -> None:
    dice = np.random.default_rng(1)
    some = [
        Event(course=int(dice.integers(2)), learner=int(dice.integers(3)), t=int(dice.integers(10**12)))
        for _ in range(200)
    ]
    warehouse = a_warehouse(tmp_path, world(some))
    build(warehouse)
    before, limit = all_of(warehouse), fast.AT_ONCE
    fast.AT_ONCE = 1
    try:
        build(warehouse)
    finally:
        fast.AT_ONCE = limit
    assert all_of(warehouse) == before
