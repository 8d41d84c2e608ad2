"""A board that was opened once and kept up with the log says what one says that is opened now."""

from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.asking.headline import headline
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.metrics import leaves
from stoa.insights.engine.metrics.build import advance
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.tests.metrics.test_onward import COURSES, LEARNERS, Batch, begun, country, take
from stoa.insights.tests.metrics.warehouses import DAY, T0, Event

CHOICES = (
    Choice(),
    Choice(keys={Dimension.COUNTRY: ("KE",)}),
    Choice(keys={Dimension.COURSE: COURSES[:1], Dimension.STATUS: ("viewed",)}),
    Choice(keys={Dimension.GENDER: ("f",), Dimension.AREA: ("arts",)}),
)


def batches(seed: int) -> list[Batch]:
    """What comes in: acts, enrolments, profiles, people of the team, a course that is another subject's from now on."""
    dice = np.random.default_rng(seed)

    def up_to(end: int) -> int:
        return int(dice.integers(end))

    found = []
    for number in range(6):
        batch = Batch()
        for _ in range(3):
            event = Event(course=up_to(3), learner=up_to(LEARNERS), t=T0 + up_to(20) * DAY, ip=up_to(3))
            batch.events.append(event)
        about = {"course": up_to(3), "learner": up_to(LEARNERS)}
        batch.said.append(
            ("enrolments", T0 + number, {**about, "active": True, "mode": ("honor", "verified")[up_to(2)]})
        )
        if number % 2:
            batch.said.append(
                ("profiles", T0 + number, {"learner": up_to(LEARNERS), "field": "gender", "value": "fm"[up_to(2)]})
            )
        if number == 3:
            batch.said.append(("roles", T0 + number, {**about, "role": "staff", "active": True}))
        if number == 4:
            batch.said.append(("courses", T0 + number, {"course": 0, "field": "area", "value": "arts"}))
        found.append(batch)
    return found


@pytest.mark.req("R085")
@pytest.mark.parametrize(("seed", "values"), [(0, 60), (1, 1_000_000)])
def test_a_board_that_was_kept_says_what_one_says_that_is_opened_anew(tmp_path: Path, seed: int, values: int) -> None:
    warehouse = begun(tmp_path)
    kept = Opened(warehouse)
    for batch in batches(seed):
        take(warehouse, batch)
        with patch.object(leaves, "VALUES", values), warehouse.alone():
            advance(warehouse, country=country)
        anew = Opened(warehouse)
        for choice in CHOICES:
            for view in (View.TEAM, View.PUBLIC):
                assert overview(kept.data(), choice, view) == overview(anew.data(), choice, view)
        assert headline(kept.data()) == headline(anew.data())


def test_who_was_counted_is_not_counted_again(tmp_path: Path) -> None:
    warehouse = begun(tmp_path)
    first, second, *_ = batches(5)
    take(warehouse, Batch(events=[Event(course=n % 3, learner=m) for n in range(3) for m in range(LEARNERS)]))
    kept = Opened(warehouse)
    with patch.object(leaves, "VALUES", 60):
        for batch in (first, second):
            take(warehouse, batch)
            with warehouse.alone():
                advance(warehouse, country=country)
            overview(kept.data(), Choice(), View.TEAM)
        before = kept.data().crowd.keys
        take(warehouse, Batch(events=[Event(course=1, learner=2, t=T0 + 30 * DAY)]))
        with warehouse.alone():
            advance(warehouse, country=country)

        assert kept.data().crowd.keys == before
        assert kept.data().crowd.counted is not None
