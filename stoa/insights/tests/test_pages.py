"""Pages of Insights say what the engine says."""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import escape

from stoa.insights.engine.metrics.registry.metric import COURSE, LEARNER, OBJECT
from stoa.insights.engine.metrics.registry.tables import TABLES
from stoa.insights.queries import figures
from stoa.insights.queries.charted import METRICS
from stoa.insights.queries.shapes import shapes
from stoa.insights.rules.charts import drawing
from stoa.insights.rules.charts.specification import read
from stoa.insights.rules.figures import FIGURES
from stoa.insights.tests.answering import answering
from stoa.insights.tests.crowds import a_warehouse, registrations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
    monkeypatch.setattr(figures, "_kept", {})
    rows = [
        *registrations(40, country="KE", gender="f", viewed=True, status="viewed", age_band="18-24"),
        *registrations(30, country="KE", gender="m", age_band="13-17"),
        *registrations(25, country="IN", gender="f", education_group="bachelor", viewed=True, status="viewed"),
        *registrations(3, country="FJ", gender="m"),
        *registrations(8, country="MT", gender="m"),
    ]
    with answering(a_warehouse(tmp_path / "w", rows)):
        yield


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.req("R086", "R087")
def test_everybody_sees_the_board_without_an_account(client: Client) -> None:
    page = text_of(client, "/insights/")

    assert "Kenya" in page
    assert "106 registered" in page


@pytest.mark.req("R086")
def test_a_bar_leads_to_its_own_figures_and_back(client: Client) -> None:
    page = text_of(client, "/insights/?country=KE")

    assert "70 of 106 registered" in page
    assert 'href="/insights/"' in page
    assert "/insights/?country=KE&amp;gender=f" in page


@pytest.mark.req("R087")
def test_nobody_is_shown_in_a_group_under_ten(client: Client) -> None:
    rows = list(csv.DictReader(StringIO(text_of(client, "/insights/figures/countries.csv"))))

    assert {row["key"]: row["value"] for row in rows}["FJ"] == "hidden"
    assert "Nothing is shown: too few people, or a small group could be worked out." in text_of(
        client, "/insights/?country=FJ"
    )


@pytest.mark.req("R096")
def test_a_share_is_of_the_same_whole_whether_its_group_is_chosen_or_not(client: Client) -> None:
    def told(address: str) -> dict[str, tuple[str, str]]:
        rows = csv.DictReader(StringIO(text_of(client, f"/insights/figures/countries.csv{address}")))
        return {row["key"]: (row["value"], row["of"]) for row in rows}

    assert told("")["KE"] == ("70", "106")
    assert told("?country=KE") == told("")


@pytest.mark.parametrize(("chosen", "advised"), [("", False), ("?country=KE", False), ("?country=FJ", True)])
def test_where_most_is_hidden_the_page_says_what_shows_more(client: Client, chosen: str, advised: bool) -> None:
    page = text_of(client, f"/insights/{chosen}")

    assert ("Take something away to see more" in page) is advised


@pytest.mark.req("R097")
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_downloaded_specification_draws_the_same_picture(client: Client, name: str) -> None:
    specification = text_of(client, f"/insights/figures/{name}.json?country=KE")

    picture = text_of(client, f"/insights/figures/{name}.svg?country=KE")

    assert drawing.draw(read(specification), shapes()) == picture


@pytest.mark.req("R096", "R013")
@pytest.mark.parametrize(
    "address", ["/insights/", "/insights/?country=KE", *(f"/insights/figures/{n}/" for n in FIGURES)]
)
def test_no_rate_stands_without_its_number(client: Client, address: str) -> None:
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(client, address)))

    for found in re.finditer(r"[\d.,]+\N{NO-BREAK SPACE}%", words):
        around = words[max(0, found.start() - 60) : found.end() + 40]
        assert re.search(r"\d[\d,]*(?![\d.,]*\N{NO-BREAK SPACE}%)", around.replace(found[0], "")), around


@pytest.mark.req("R092")
@pytest.mark.parametrize("name", ["map", "countries"])
def test_country_figures_are_called_estimated_and_say_how_many_are_unknown(client: Client, name: str) -> None:
    page = text_of(client, f"/insights/figures/{name}/")

    assert "Estimated" in page
    assert "country unknown: 0" in page


@pytest.mark.req("R088")
@pytest.mark.parametrize("name", ["countries", "gender", "age"])
def test_the_caption_says_the_number_of_the_data(client: Client, name: str) -> None:
    chart = json.loads(text_of(client, f"/insights/figures/{name}.json"))

    largest = max(row["value"] or 0 for row in chart["rows"] if row["mark"] != "unknown")
    assert str(largest) in chart["caption"]


@pytest.mark.req("R033")
def test_ages_stand_in_seven_bands_and_under_thirteen(client: Client) -> None:
    chart = json.loads(text_of(client, "/insights/figures/age.json"))

    assert [(row["key"], row["value"]) for row in chart["rows"]] == [("13-17", 30), ("18-24", 40), ("unknown", 36)]
    assert sum(row["value"] for row in chart["rows"]) == chart["n"]


@pytest.mark.req("R090", "R091")
@pytest.mark.parametrize("kind", ["map", "bars", "pie"])
@pytest.mark.parametrize("metric", sorted(METRICS))
def test_five_metrics_are_drawn_in_three_ways(client: Client, metric: str, kind: str) -> None:
    page = text_of(client, f"/insights/charts/{metric}/?as={kind}")

    assert {"map": 'class="world"', "bars": 'class="bars', "pie": 'class="pie"'}[kind] in page
    specification = text_of(client, f"/insights/charts/{metric}/?as={kind}&file=json")
    assert drawing.draw(read(specification), shapes()) == text_of(
        client, f"/insights/charts/{metric}/?as={kind}&file=svg"
    )


@pytest.mark.req("R098")
def test_organisations_stand_side_by_side(client: Client) -> None:
    assert "Registered" in text_of(client, "/insights/compare/")


@pytest.mark.req("R006", "R009")
def test_counters_and_months_are_shown(client: Client) -> None:
    page = text_of(client, "/insights/overview/")

    assert all(
        word in page for word in ("Courses", "Credentials", "Participants", "Hours", "Events", "Goals", "Topics")
    )


def test_how_it_is_counted_is_said(client: Client) -> None:
    page = text_of(client, "/insights/method/")

    assert "What is never shown" in page
    assert all(f'id="{name}"' in page for name in FIGURES)


@pytest.mark.req("R013")
def test_every_metric_is_defined_with_unit_denominator_and_source(client: Client) -> None:
    page = text_of(client, "/insights/method/")

    for table, metrics in TABLES.items():
        assert f'id="table-{table}"' in page
        for one in set(metrics) - {COURSE, LEARNER, OBJECT}:
            assert escape(one.definition) in page, one.name
    assert f">{LEARNER.name}<" not in page
    assert f">{OBJECT.name}<" not in page
    assert {one.of for metrics in TABLES.values() for one in metrics if one.unit.startswith("share")} >= {"learners"}
    assert all(one.of for metrics in TABLES.values() for one in metrics if one.unit.startswith("share"))


def test_an_unknown_figure_is_no_page(client: Client) -> None:
    assert client.get("/insights/figures/nothing/").status_code == 404
    assert client.get("/insights/figures/age.exe").status_code == 404
    assert client.get("/insights/charts/nothing/").status_code == 404


def test_without_the_engine_the_page_says_so_and_comes_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOA_INSIGHTS_URL", "unix:///nowhere/socket")

    answer = client.get("/insights/?gender=f")

    assert answer.status_code == 503
    assert "Try again" in answer.content.decode()


def test_the_last_answers_are_shown_while_the_engine_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    text_of(client, "/insights/?gender=m")
    monkeypatch.setenv("STOA_INSIGHTS_URL", "unix:///nowhere/socket")

    assert "41 of 106 registered" in text_of(client, "/insights/?gender=m")
