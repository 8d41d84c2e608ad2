"""Slices of a ring take the room that is theirs."""

from dataclasses import replace

import pytest

from stoa.insights.queries.charts import chart_of
from stoa.insights.rules.charts import pie
from stoa.insights.rules.charts.specification import Row
from stoa.insights.rules.figures import FIGURES
from stoa.insights.tests.overviews import overview


@pytest.mark.parametrize(("hidden", "room"), [(0, [3 / 8, 5 / 8, 0]), (None, [3 / 10, 5 / 10, 0])])
def test_the_room_of_what_is_hidden_stays_empty(hidden: int | None, room: list[float]) -> None:
    rows = tuple(Row(key=str(value), label="", value=value, of=100) for value in (30, 50, hidden))
    chart = replace(chart_of(FIGURES["gender"], overview()), rows=rows, n=100)

    assert [one.length / pie.AROUND for one in pie.slices(chart)] == pytest.approx(room)
    assert ('class="track"' in pie.ring(chart)) is (hidden is None)
