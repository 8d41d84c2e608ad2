"""What numpy computes: the estimates recover what made the answers, and agree with counting by hand."""

from itertools import permutations
from pathlib import Path
from statistics import mean, pvariance

import numpy as np
import pytest

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.metrics.computed.balance import SHUFFLES, chance
from stoa.insights.engine.metrics.computed.item_response import fit
from stoa.insights.engine.metrics.computed.reruns import Run, module_transitions, run_transitions
from stoa.insights.tests.metrics.warehouses import DAY, MINUTE, T0, Event, Value, World, a_warehouse, rows_of


@pytest.mark.parametrize(
    ("learners", "problems", "untried", "error"),
    [(1_000, 12, 0.0, 0.25), (3_000, 30, 0.4, 0.15), (8_000, 40, 0.6, 0.12)],
)
def test_item_response_recovers_slopes_and_locations(
    learners: int, problems: int, untried: float, error: float
) -> None:
    dice = np.random.default_rng(learners)
    ability, a, b = dice.normal(size=learners), dice.uniform(0.6, 2, problems), dice.normal(size=problems)
    right = dice.random((learners, problems)) < 1 / (1 + np.exp(-a * (ability[:, None] - b)))
    tried = dice.random((learners, problems)) >= untried

    found = fit(right, tried)

    assert found.converged
    assert np.sqrt(np.mean((found.slope - a) ** 2)) < error
    assert np.sqrt(np.mean((found.location - b) ** 2)) < error
    assert np.corrcoef(found.location, b)[0, 1] > 0.98


def test_item_response_finds_the_better_key_likelier() -> None:
    """The estimate is at the top of the likelihood: a step to any side is less likely."""
    dice = np.random.default_rng(5)
    ability = dice.normal(size=400)
    right = dice.random((400, 4)) < 1 / (1 + np.exp(-(ability[:, None] - np.array([-1, 0, 0.5, 1]))))
    found = fit(right, np.ones_like(right))
    nodes = np.linspace(-6, 6, 121)
    weights = np.exp(-(nodes**2) / 2)

    def likelihood(a: np.ndarray, b: np.ndarray) -> float:
        p = 1 / (1 + np.exp(-a * (nodes[:, None] - b)))
        each = np.where(right[:, None, :], p, 1 - p).prod(axis=2) @ (weights / weights.sum())
        return float(np.log(each).sum())

    top = likelihood(found.slope, found.location)
    for place in range(4):
        for step in (-0.1, 0.1):
            moved = np.where(np.arange(4) == place, step, 0)
            assert likelihood(found.slope + moved, found.location) < top
            assert likelihood(found.slope, found.location + moved) < top


def test_item_response_says_nothing_of_problems_that_tell_nothing() -> None:
    right = np.array([[True, True, False], [True, False, True]] * 20)

    found = fit(right, np.ones_like(right))

    assert not found.converged
    assert np.isnan(found.slope).all()


def a_class(right: np.ndarray) -> World:
    """Learners (rows) who answered problems (columns) once."""
    learners, problems = right.shape
    world = World(learners=[f"l{n}" for n in range(learners)], objects=[f"block-v1:p{n}" for n in range(problems)])
    world.events = [
        Event(learner=one, t=T0 + number * MINUTE, kind=Kind.CHECK, object=number, flag=int(right[one, number]))
        for one in range(learners)
        for number in range(problems)
    ]
    return world


def some_answers() -> np.ndarray:
    dice = np.random.default_rng(3)
    return dice.random((60, 5)) < 1 / (1 + np.exp(-(dice.normal(size=(60, 1)) - np.linspace(-1, 1, 5))))


def test_discrimination_is_the_point_biserial_correlation_with_the_others(tmp_path: Path) -> None:
    right = some_answers()
    warehouse = a_warehouse(tmp_path, a_class(right))

    build(warehouse)

    found = [row["discrimination"] for row in rows_of(warehouse, "tables/problem")]
    wanted = [np.corrcoef(right[:, n], right.sum(axis=1) - right[:, n])[0, 1] for n in range(5)]
    assert found == pytest.approx(wanted, rel=1e-12)


def test_alpha_is_what_cronbach_says_and_estimates_of_problems_are_kept(tmp_path: Path) -> None:
    right = some_answers()
    warehouse = a_warehouse(tmp_path, a_class(right))

    build(warehouse)

    (row,) = rows_of(warehouse, "tables/reliability")
    items, total = sum(pvariance(map(int, right[:, n])) for n in range(5)), pvariance(map(int, right.sum(axis=1)))
    assert (row["problems"], row["learners"]) == (5, 60)
    assert row["alpha"] == pytest.approx(5 / 4 * (1 - items / total), rel=1e-12)
    told, estimate = rows_of(warehouse, "tables/item_response"), fit(right, np.ones_like(right))
    assert [row["slope"] for row in told] == [round(float(one), 3) for one in estimate.slope]
    assert [row["location"] for row in told] == [round(float(one), 3) for one in estimate.location]
    assert {(row["learners"], row["converged"], row["rounds"]) for row in told} == {(60, True, estimate.rounds)}


@pytest.mark.req("R016")
def test_shuffles_say_what_all_orders_of_all_paths_say() -> None:
    """Two learners with three courses each: mean, spread and p over all 36 pairs of orders, but for chance."""
    paths = [(0, 1, 1), (0, 2, 1)]
    orders = [(one, other) for one in permutations(paths[0]) for other in permutations(paths[1])]
    nets = [[sum((path[0] == area) - (path[-1] == area) for path in pair) for pair in orders] for area in range(3)]

    found = chance(np.array([*paths[0], *paths[1]]), np.array([3, 3]), 3)

    for area, seen in enumerate((2, -2, 0)):
        far = mean(abs(net) >= abs(seen) for net in nets[area])
        assert found.expected[area] == pytest.approx(0, abs=0.15)
        assert found.spread[area] == pytest.approx(pvariance(nets[area]) ** 0.5, abs=0.1)
        assert found.p_value[area] == pytest.approx(far, abs=0.05)
    assert chance(np.array([0, 1]), np.array([1, 1]), 2).p_value.tolist() == [1.0, 1.0]
    assert SHUFFLES == 999


def runs(*told: tuple[str, str, int]) -> list[Run]:
    return [Run(course=course, previous=previous, participants=size) for course, previous, size in told]


def test_a_run_follows_the_one_it_names_else_the_last_of_its_course() -> None:
    found = run_transitions(
        runs(("course-v1:O+A+1", "", 100), ("course-v1:O+A+2", "", 80), ("O/B/9", "course-v1:O+A+1", 50))
    )

    assert [(one.before.course, one.after.course, one.place, one.change) for one in found] == [
        ("course-v1:O+A+1", "course-v1:O+A+2", 1, pytest.approx(-0.2)),
        ("course-v1:O+A+1", "O/B/9", 1, -0.5),
    ]


def test_a_module_follows_the_first_run_of_the_module_before() -> None:
    found = module_transitions(runs(("O/A.2x/1", "", 10), ("O/A.1x/1", "", 40), ("O/A.1x/2", "", 99)))

    assert [(one.before.course, one.after.course, one.change) for one in found] == [("O/A.1x/1", "O/A.2x/1", -0.75)]


@pytest.mark.req("R014")
def test_runs_and_modules_are_in_one_table(tmp_path: Path) -> None:
    names = ["course-v1:O+A.1+1", "course-v1:O+A.1+2", "course-v1:O+A.2+1", "course-v1:O+Z+1"]
    world = World(courses=names, learners=["ada", "bo"])
    for course in range(3):
        world.say("courses", course=course, field="start", value=str(T0 + course * 90 * DAY))
        world.events += [Event(course=course, learner=who, t=T0 + course * 90 * DAY) for who in range(2 - course // 2)]
    warehouse = a_warehouse(tmp_path, world)

    build(warehouse)

    told = [tuple(row.values()) for row in rows_of(warehouse, "tables/rerun")]
    wanted: list[tuple[Value, ...]] = [
        ("run", names[0], names[1], 1, 2, 2, 0.0),
        ("module", names[0], names[2], 1, 2, 1, -0.5),
    ]
    assert told == wanted
