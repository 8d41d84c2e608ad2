"""Whether MOOC videos reach a country is counted, with what it is a share of."""

from itertools import chain
from pathlib import Path

import pytest

from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.rules.answers import Media, MediaGroup
from stoa.insights.rules.dimensions import View
from stoa.insights.rules.media import fails, is_calm, rate
from stoa.insights.tests.media_logs import COURSE, a_counted_log, asked, event, tries

pytestmark = pytest.mark.req("R093")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    lines = chain(
        tries(1, well=30, badly=20, first=0),
        tries(2, well=40, badly=0, first=100),
        tries(3, well=2, badly=2, first=200),
        tries(9, well=5, badly=12, first=300),
        # A week before, everything was well in Kenya.
        tries(1, well=15, badly=0, first=0, at="2026-09-13T10:00:00"),
    )
    return a_counted_log(tmp_path_factory.mktemp("media"), list(lines))


def group_of(answer: Media, key: str) -> MediaGroup:
    return next(one for one in answer.groups if one.key == key)


def test_a_try_is_a_learner_with_a_video_on_a_day_and_failing_after_play_counts_once(warehouse: Warehouse) -> None:
    kenya = group_of(asked(warehouse), "KE")

    assert (kenya.tries, kenya.failures, kenya.learners) == (50, 20, 50)
    assert rate(kenya) == 0.4
    assert (kenya.registered, kenya.participants, kenya.courses) == (50, 50, (COURSE,))


def test_a_longer_time_holds_more_tries(warehouse: Warehouse) -> None:
    kenya = group_of(asked(warehouse, "month"), "KE")

    assert (kenya.tries, kenya.failures, kenya.learners) == (65, 20, 50)


def test_addresses_of_no_known_country_stay_a_group(warehouse: Warehouse) -> None:
    unknown = group_of(asked(warehouse), "unknown")

    assert (unknown.tries, unknown.failures) == (17, 12)


def test_the_whole_is_the_sum_of_its_countries(warehouse: Warehouse) -> None:
    answer = asked(warehouse)

    assert answer.everyone.tries == sum(one.tries or 0 for one in answer.groups) == 111
    assert answer.everyone.failures == sum(one.failures or 0 for one in answer.groups) == 34


def test_few_tries_say_nothing_of_a_country(warehouse: Warehouse) -> None:
    answer = asked(warehouse)

    assert {one.key: fails(one) for one in answer.groups} == {"FR": False, "IN": False, "KE": True, "unknown": True}
    assert {one.key: is_calm(one) for one in answer.groups} == {"FR": True, "IN": False, "KE": False, "unknown": False}


@pytest.mark.req("R087")
@pytest.mark.parametrize("view", [View.PUBLIC, View.PRESS, View.RESEARCHER])
def test_no_group_under_the_smallest_cell_is_shown_or_found_by_subtracting(warehouse: Warehouse, view: View) -> None:
    answer = asked(warehouse, view=view)
    least = view.smallest_cell

    for one in answer.groups:
        assert one.learners is None or one.learners == 0 or one.learners >= least
        assert one.failures is None or one.failures == 0 or one.failures >= least
        assert one.courses == ()
    # A whole beside hidden parts would give them away.
    if any(one.learners is None for one in answer.groups):
        assert answer.everyone.learners is answer.everyone.tries is None
    if any(one.failures is None for one in answer.groups):
        assert answer.everyone.failures is None


def test_a_team_sees_its_own_courses_only(tmp_path: Path) -> None:
    other = "course-v1:Uni+Wasps+2026"
    lines = [
        *tries(1, well=3, badly=1, first=0),
        event(900, "edx.course.enrollment.activated", country=1, course=other),
        event(900, "stoa.media.failed", country=1, course=other),
    ]
    warehouse = a_counted_log(tmp_path, lines)

    assert asked(warehouse, own=(COURSE,)).everyone.failures == 1
    assert asked(warehouse, own=(COURSE, other)).everyone.failures == 2
    assert asked(warehouse, own=()).groups == ()


def test_nothing_tried_is_no_group(tmp_path: Path) -> None:
    warehouse = a_counted_log(tmp_path, [event(1, "edx.course.enrollment.activated", country=1)])

    answer = asked(warehouse)

    assert answer.groups == ()
    assert answer.everyone.tries == 0
    assert rate(answer.everyone) is None
