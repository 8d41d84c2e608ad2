"""Pages are the same whether their counts come from cubes or from looking at everybody."""

from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from stoa.insights.engine.asking import cubes
from stoa.insights.engine.asking.cubes import PATTERN, Cubes
from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.asking.overview import overview
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.tests.crowds import Row, a_warehouse, registrations

CHOICES = (
    Choice(),
    Choice(keys={Dimension.COUNTRY: ("KE",)}),
    Choice(keys={Dimension.AREA: ("arts",), Dimension.AGE: ("18-24", "25-34")}),
    Choice(keys={Dimension.STATUS: ("viewed",), Dimension.COURSE: ("course-1",)}),
    Choice(keys={Dimension.GENDER: ("nobody has it",)}),
    Choice(keys={Dimension.COURSE: ("course-0", "course-2"), Dimension.COUNTRY: ("FJ",)}),
    Choice(keys={Dimension.AREA: ("arts",), Dimension.COURSE: ("course-2", "course-1")}),
)


def some_people(seed: int, *, areas_of_courses: bool) -> list[Row]:
    dice = np.random.default_rng(seed)

    def one_of(*words: str | None) -> str | None:
        return words[int(dice.integers(len(words)))]

    found: list[Row] = []
    for _ in range(600):
        course = int(dice.integers(3))
        area = ("arts", "nature", "arts")[course] if areas_of_courses else one_of("arts", "nature")
        viewed = bool(dice.integers(2))
        found += registrations(
            course_id=f"course-{course}",
            area=area,
            country=one_of("KE", "FJ", "IN", None),
            gender=one_of("f", "m", None),
            age_band=one_of("18-24", "25-34", None),
            intent=one_of("certificate", "browse", None),
            viewed=viewed,
            status="viewed" if viewed else "registered",
        )
    return found


@pytest.mark.parametrize("areas_of_courses", [True, False])
@pytest.mark.parametrize("view", [View.PUBLIC, View.TEAM])
def test_cubes_say_what_people_say(tmp_path: Path, view: View, *, areas_of_courses: bool) -> None:
    warehouse = a_warehouse(tmp_path, some_people(1, areas_of_courses=areas_of_courses))

    with patch.object(cubes, "_FEW", 1_000_000):
        by_cubes = [overview(Opened(warehouse).data(), choice, view) for choice in CHOICES]
    with patch.object(cubes, "_MOST", -1):
        by_people = [overview(Opened(warehouse).data(), choice, view) for choice in CHOICES]

    assert by_cubes == by_people
    assert by_cubes[0].shown


def test_what_is_not_kept_is_made_again() -> None:
    columns = {name: np.arange(40, dtype=np.uint8) % 2 for name in (*Dimension, PATTERN)}
    made = Cubes(columns, dict.fromkeys(columns, 2))
    before = [made.table({}, one, two) for one in Dimension for two in Dimension if one is not two]
    with patch.object(cubes, "_KEPT", 8):
        after = [made.table({}, one, two) for one in Dimension for two in Dimension if one is not two]

    for one, other in zip(before, after, strict=True):
        assert one is not None
        assert other is not None
        assert (one == other).all()


def test_an_axis_that_is_asked_for_twice_tells_on_the_diagonal() -> None:
    columns = {name: np.arange(12, dtype=np.uint8) % 3 for name in (*Dimension, PATTERN)}
    made = Cubes(columns, dict.fromkeys(columns, 3))

    table = made.table({}, Dimension.AGE, Dimension.AGE)

    assert table is not None
    assert table.tolist() == [[4, 0, 0], [0, 4, 0], [0, 0, 4]]
