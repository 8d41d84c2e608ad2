"""Whoever solves the equations of all that the public is shown finds no group under ten (decision 0013)."""

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.insights.engine.asking.bridges import bridges
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.asking.tables import table
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.rules.questions import Asked, Question
from stoa.insights.tests.solving import WHEN, boards, found, several, shown, singles
from stoa.insights.tests.worlds import a_world


@pytest.mark.req("R087", "R098")
@pytest.mark.parametrize("seed", range(3))
def test_no_group_under_ten_follows_from_all_pages_together(tmp_path: Path, seed: int) -> None:
    world = a_world(tmp_path, seed)
    choices = [*singles(world), *boards(world), *several(world, Random(seed), 30)]  # noqa: S311 -- no secret

    assert found(world, shown(world, choices)) == []


@pytest.mark.req("R087", "R098")
@pytest.mark.parametrize("seed", range(10, 12))
def test_no_group_under_ten_follows_from_all_days_together(tmp_path: Path, seed: int) -> None:
    world = replace(a_world(tmp_path, seed), columns=WHEN)
    choices = [*singles(world), *boards(world), *several(world, Random(seed), 30)]  # noqa: S311 -- no secret

    assert found(world, shown(world, choices)) == []


@pytest.mark.req("R087")
def test_the_attacker_finds_what_is_shown_carelessly(tmp_path: Path) -> None:
    world = a_world(tmp_path, 4)
    everything = [(atoms, int(world.people[atoms].sum())) for atoms in world.keys.values()]
    one = next(name for name in world.keys if name[0] is Dimension.COUNTRY)
    told = [
        (atoms & world.keys[one], int(world.people[atoms & world.keys[one]].sum())) for atoms in world.keys.values()
    ]

    assert found(world, [*everything, *told])


@pytest.mark.req("R087", "R097")
def test_files_hold_no_more_than_the_page(tmp_path: Path) -> None:
    world = a_world(tmp_path, 5)

    for choice in singles(world):
        page = overview(world.data, choice, View.PUBLIC)
        for name in (Dimension.COURSE, Dimension.COUNTRY):
            rows = table(world.data, Question(asked=Asked.TABLE, name=name.value, choice=choice)).rows
            assert [row[1] for row in rows] == [
                one.counts.registered if one.counts else None for one in page.slices[name]
            ]


@pytest.mark.req("R086", "R087")
def test_a_small_run_hides_its_sister_and_their_course_is_shown(tmp_path: Path) -> None:
    world = a_world(tmp_path, 4, sizes={"course-v1:A+P+1": 400, "course-v1:A+P+2": 4, "course-v1:B+Q+3": 500})
    both = Choice(keys={Dimension.COURSE: ("course-v1:A+P+1", "course-v1:A+P+2")})

    page = overview(world.data, Choice(), View.PUBLIC)
    courses = {one.key: one.counts and one.counts.registered for one in page.slices[Dimension.COURSE]}
    of_course = overview(world.data, both, View.PUBLIC)

    assert courses == {"course-v1:A+P+1": None, "course-v1:A+P+2": None, "course-v1:B+Q+3": 500}
    assert of_course.shown is not None
    assert of_course.shown.registered == 404
    countries = {one.key: one.counts for one in of_course.slices[Dimension.COUNTRY]}
    assert countries["KE"]
    assert countries["IN"]


@given(st.data())
def test_a_bridge_is_what_follows_from_the_sums(data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    flags = st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns)
    cells = np.array(data.draw(flags)).reshape(rows, columns)
    free = np.array(data.draw(flags)).reshape(rows, columns)[:, 0], np.array(data.draw(flags))[:columns]

    gone = bridges(cells, *free)

    ways = np.argwhere(cells)
    sums = [ways[:, 0] == row for row in range(rows) if not free[0][row]]
    sums += [ways[:, 1] == column for column in range(columns) if not free[1][column]]
    lines = np.array(sums, np.float64).reshape(len(sums), len(ways))
    follows = abs(np.diag(np.linalg.pinv(lines) @ lines) - 1) < 1e-8 if lines.size else np.zeros(len(ways), bool)
    assert gone[cells].tolist() == follows.tolist()
