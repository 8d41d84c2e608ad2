"""Whoever subtracts what is shown never finds a group under ten."""

from dataclasses import asdict
from itertools import combinations, product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.insights.engine.asking.data import Data, Opened
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.rules.answers import Counts, Overview, Slice
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.rules.suppression import hidden
from stoa.insights.tests.tables import Value, a_warehouse_with

LEAST = 10
ASKED = (Dimension.COUNTRY, Dimension.GENDER, Dimension.AGE)


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=8), min_size=1, max_size=5).filter(
        lambda t: len({len(r) for r in t}) == 1
    ),
    st.integers(2, 12),
)
def test_what_is_hidden_in_a_line_is_two_cells_and_enough_people(table: list[list[int]], least: int) -> None:
    lines = np.array(table)

    away = hidden(lines, least)

    for line, gone in zip(lines, away, strict=True):
        assert all(gone[(line > 0) & (line < least)])
        shown = line[~gone & (line > 0)]
        if gone.any() and len(shown):
            assert gone.sum() >= 2
            assert line[gone].sum() >= least


def a_crowd(seed: int) -> list[dict[str, Value]]:
    dice = Random(seed)  # noqa: S311 -- invented people, no secret
    rows: list[dict[str, Value]] = []
    for number in range(dice.randrange(60, 400)):
        viewed = dice.random() < 0.8
        certified = viewed and dice.random() < 0.15
        rows.append(
            {
                "course_id": "course-v1:A+B+C",
                "username": f"p{number}",
                "country": dice.choices(["KE", "IN", "US", "FJ", None], [40, 30, 20, 3, 7])[0],
                "gender": dice.choices(["f", "m", "o", None], [45, 45, 4, 6])[0],
                "age_band": dice.choices(["18-24", "25-34", "65+"], [60, 35, 5])[0],
                "viewed": viewed,
                "explored": certified,
                "certified": certified,
                "verified": dice.random() < 0.1,
                "status": "certified" if certified else "viewed" if viewed else "registered",
                "start_time": 16_000 * 86_400_000_000 + dice.randrange(6) * 86_400_000_000,
            }
        )
    return rows


def data_of(folder: Path, seed: int) -> Data:
    a_warehouse_with(folder, a_crowd(seed))
    return Opened(Warehouse(folder)).data()


def choices(data: Data) -> list[Choice]:
    keys = {name: data.crowd.keys[name] for name in ASKED}
    some = [Choice()]
    for size in (1, 2):
        for names in combinations(ASKED, size):
            some += [
                Choice(keys=dict(zip(names, ((k,) for k in ks), strict=True)))
                for ks in product(*(keys[n] for n in names))
            ]
    return some


def small(number: int) -> bool:
    return 0 < number < LEAST


def visible(slices: tuple[Slice, ...]) -> list[Counts]:
    return [one.counts for one in slices if one.counts]


@pytest.mark.req("R087")
@pytest.mark.parametrize("seed", range(12))
def test_no_cell_under_ten_is_shown_or_left_over(tmp_path: Path, seed: int) -> None:
    data = data_of(tmp_path, seed)

    for choice in choices(data):
        page = overview(data, choice, View.PUBLIC)
        assert page.shown is None or not small(page.shown.registered)
        for slices in page.slices.values():
            for counts in visible(slices):
                assert not any(small(value) for value in asdict(counts).values() if value is not None)
            if page.shown:
                left = page.shown.registered - sum(counts.registered for counts in visible(slices))
                assert not small(left)


@pytest.mark.req("R087")
@pytest.mark.parametrize("seed", range(12))
def test_a_page_less_its_bars_leaves_no_single_bar(tmp_path: Path, seed: int) -> None:
    data = data_of(tmp_path, seed)

    for choice in choices(data):
        page, true = overview(data, choice, View.PUBLIC), overview(data, choice, View.TEAM)
        for name in ASKED:
            away = [one.key for one in page.slices[name] if one.counts is None]
            real = {one.key: one.counts.registered for one in true.slices[name] if one.counts}
            hidden_people = sum(real.get(key, 0) for key in away)
            # With everything hidden nothing is left to subtract from; else nobody stands alone.
            assert not away or len(away) == len(page.slices[name]) or (len(away) > 1 and hidden_people >= LEAST)


@pytest.mark.req("R087")
@pytest.mark.parametrize("seed", range(12))
def test_a_bar_and_its_page_agree_on_what_is_shown(tmp_path: Path, seed: int) -> None:
    data = data_of(tmp_path, seed)

    for choice in choices(data):
        page = overview(data, choice, View.PUBLIC)
        for name in ASKED:
            if choice.of(name):
                continue
            for one in page.slices[name]:
                deeper = overview(data, choice.toggled(name, one.key), View.PUBLIC)
                if not deeper.too_narrow:
                    assert deeper.shown == one.counts or (deeper.shown and one.counts)
                    assert (deeper.shown is None) == (one.counts is None)


@pytest.mark.req("R087")
@pytest.mark.parametrize("seed", range(6))
def test_counts_less_counts_leave_no_few(tmp_path: Path, seed: int) -> None:
    data = data_of(tmp_path, seed)

    for choice in choices(data):
        page = overview(data, choice, View.PUBLIC)
        for counts in [*([page.shown] if page.shown else []), *(c for s in page.slices.values() for c in visible(s))]:
            for part in (counts.participants, counts.explored, counts.certified, counts.verified):
                assert part is None or not small(counts.registered - part)


def test_a_team_sees_its_own_courses_in_full_and_no_others(tmp_path: Path) -> None:
    data = data_of(tmp_path, 1)

    assert overview(data, Choice(), View.TEAM, ("course-v1:A+B+C",)).shown == overview(data, Choice(), View.TEAM).shown
    nothing: Overview = overview(data, Choice(), View.TEAM, ("course-v1:X+Y+Z",))
    assert nothing.shown == Counts()


def test_three_filters_at_once_are_too_narrow_for_the_public(tmp_path: Path) -> None:
    data = data_of(tmp_path, 1)
    choice = Choice(keys={Dimension.COUNTRY: ("KE",), Dimension.GENDER: ("f",), Dimension.AGE: ("18-24",)})

    page = overview(data, choice, View.PUBLIC)

    assert (page.too_narrow, page.shown, page.slices) == (True, None, {})


def courses_of(seed: int) -> list[dict[str, Value]]:
    """Registrations in many courses, small and large, of a few organisations, runs and areas."""
    dice = Random(seed)  # noqa: S311 -- invented people, no secret
    rows: list[dict[str, Value]] = []
    for course in range(dice.randrange(3, 12)):
        told: dict[str, Value] = {
            "course_id": f"course-v1:O{course}",
            "org": dice.choice("ABC"),
            "run": dice.choice(["1", "2"]),
            "area": dice.choice(["art", "law", None]),
        }
        size = dice.choice([1, 3, 8, 12, 30, 90])
        rows += [
            {**one, **told, "username": f"{course}-{n}"} for n, one in enumerate(a_crowd(dice.randrange(99))[:size])
        ]
    return rows


@pytest.mark.req("R087", "R098")
@pytest.mark.parametrize("seed", range(40))
def test_what_courses_belong_to_less_its_courses_leaves_no_few(tmp_path: Path, seed: int) -> None:
    rows = courses_of(seed)
    a_warehouse_with(tmp_path, rows)
    data = Opened(Warehouse(tmp_path)).data()
    parents = {
        Dimension.ORGANISATION: {str(row["course_id"]): str(row["org"]) for row in rows},
        Dimension.RUN: {str(row["course_id"]): str(row["run"]) for row in rows},
        Dimension.AREA: {str(row["course_id"]): str(row["area"] or "unknown") for row in rows},
    }
    women = Choice(keys={Dimension.GENDER: ("f",)})
    young = Choice(keys={Dimension.GENDER: ("f",), Dimension.AGE: ("18-24",)})

    for choice in (Choice(), women, young):
        page, true = overview(data, choice, View.PUBLIC), overview(data, choice, View.TEAM)
        for name, above in parents.items():
            for field in asdict(Counts()):
                shown, real = told_of(page, field), told_of(true, field)
                for key, number in real[name].items():
                    mine = [course for course in real[Dimension.COURSE] if above[course] == key]
                    away = {
                        one: real[Dimension.COURSE][one] for one in mine if shown[Dimension.COURSE].get(one) is None
                    }
                    if shown[name].get(key) is not None:
                        assert not small(sum(number or 0 for number in away.values())), (choice, name, key, field)
                        assert len([people for people in away.values() if people]) != 1
                    elif number:
                        assert any(away.values()), (choice, name, key, field)


def told_of(page: Overview, field: str) -> dict[Dimension, dict[str, int | None]]:
    """A field of every slice; None where it is hidden."""
    return {
        name: {one.key: getattr(one.counts, field) if one.counts else None for one in slices}
        for name, slices in page.slices.items()
    }
