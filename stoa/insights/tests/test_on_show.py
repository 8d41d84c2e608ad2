"""The styleguide shows every kind of chart in every state."""

import re

import pytest
from django.test import Client

from stoa.insights.queries.on_show import charts_on_show
from stoa.insights.rules.charts.specification import Kind


def test_every_kind_is_shown_as_it_is_with_hidden_cells_and_empty() -> None:
    shown = charts_on_show()

    assert [one.name for one in shown] == [kind.value for kind in Kind if kind is not Kind.SPARK]
    for one in shown:
        rows = {state: card.chart.rows for state, card in one.states}
        assert rows["normal"]
        assert any(row.value is None for row in rows["some are hidden"])
        assert rows["empty"] == ()


@pytest.mark.django_db
def test_they_stand_on_the_page_once_each(client: Client) -> None:
    page = client.get("/styleguide/").content.decode()

    ids = re.findall(r'id="(chart-[a-z]+-?\d*)"', page)
    assert len(ids) == len(set(ids)) == sum(1 + len(one.states) for one in charts_on_show())
    assert "insights.css" in page
