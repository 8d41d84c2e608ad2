"""Learners' education stands beside that of the adults of their countries, with numbers, source and year."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from django.test import Client

from stoa.insights.commands.group import insights
from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.baseline.education import OURS, BaselineUnreadable, read
from stoa.insights.queries import figures
from stoa.insights.rules.answers import Population
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.rules.regions import REGIONS
from stoa.insights.tests.answering import answering
from stoa.insights.tests.crowds import Row, a_warehouse, registrations

pytestmark = [pytest.mark.req("R095"), pytest.mark.django_db]
KENYA: dict[str, str] = {"country": "KE"}
US: dict[str, str] = {"country": "US"}
GROWN: dict[str, str | float] = {"age_band": "35-44", "age": 40}
YOUNG: dict[str, str | float] = {"age_band": "18-24", "age": 20}
BACHELOR, SCHOOL = {"education_group": "bachelor"}, {"education_group": "school"}


@pytest.fixture(autouse=True)
def adults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's own file: half of the adults of the US, one in ten of those of Kenya."""
    file = tmp_path / "adults.csv"
    file.write_text("country,bachelor_or_more,year,source\nUS,50,2020,Census\nke,10,2019,Bureau of Statistics\n")
    monkeypatch.setenv("STOA_EDUCATION_BASELINE", str(file))
    return file


def people() -> list[Row]:
    """Sixty of whom it is known, and others."""
    return [
        *registrations(30, **US, **GROWN, **BACHELOR),
        *registrations(10, **US, **GROWN, **SCHOOL),
        *registrations(20, **KENYA, **GROWN, **BACHELOR),
        *registrations(50, **US, **YOUNG, **BACHELOR),
        *registrations(50, country="FJ", **GROWN, **SCHOOL),
        *registrations(50, **US, **GROWN),
    ]


def beside(folder: Path, rows: list[Row], view: View = View.PUBLIC, **chosen: str) -> Population | None:
    """What stands beside the chosen ones."""
    choice = Choice(keys={Dimension(name): (key,) for name, key in chosen.items()})
    return overview(Opened(a_warehouse(folder / "w", rows)).data(), choice, view).population


def test_only_grown_people_count_whose_education_and_countrys_adults_are_known(tmp_path: Path) -> None:
    assert beside(tmp_path, people()) == Population(
        n=60,
        educated=50,
        expected=40 * 0.5 + 20 * 0.1,
        countries=2,
        first_year=2019,
        last_year=2020,
        sources=("Bureau of Statistics", "Census"),
    )


def test_a_countrys_own_adults_stand_beside_its_learners(tmp_path: Path) -> None:
    found = beside(tmp_path, people(), country="US")

    assert found is not None
    assert (found.n, found.educated, found.expected, found.sources) == (40, 30, 20.0, ("Census",))


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        pytest.param([*registrations(30, **US, **GROWN, **BACHELOR), *registrations(5, **US, **GROWN, **SCHOOL)], {},
                     id="few below"),
        pytest.param([*registrations(40, **US, **GROWN, **BACHELOR), *registrations(3, **US, **YOUNG, **BACHELOR)], {},
                     id="few left out"),
        pytest.param([*registrations(40, **US, **GROWN, **BACHELOR, gender="f"),
                      *registrations(40, **US, **GROWN, **BACHELOR, gender="m"),
                      *registrations(4, **US, **GROWN, **BACHELOR, gender="o"),
                      *registrations(20, **US, **GROWN, gender="o")], {"gender": "f"}, id="few of others"),
    ],
)  # fmt: skip
def test_nothing_is_shown_that_tells_on_a_few(tmp_path: Path, rows: list[Row], chosen: dict[str, str]) -> None:
    assert beside(tmp_path, rows, View.PUBLIC, **chosen) is None
    assert beside(tmp_path / "exact", rows, View.TEAM, **chosen) is not None


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The engine answers."""
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
    monkeypatch.setattr(figures, "_kept", {})
    with answering(a_warehouse(tmp_path / "w", people())):
        yield tmp_path / "w"


def test_the_board_says_ratio_and_numbers_together(client: Client, engine: Path) -> None:
    page = " ".join(client.get("/insights/figures/population/").content.decode().split())

    assert "50 of 60 of 25 or more who said (83 %) have a bachelor" in page
    assert "it would be 22 (37 %). That is 2.3 times as many." in page, page[page.index("it would") :][:99]
    assert "Bureau of Statistics, Census, 2019–2020" in page  # noqa: RUF001 -- from a to b


def test_the_question_behind_it_gives_its_numbers(
    client: Client, engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = client.get("/insights/figures/population.sql").content.decode()

    monkeypatch.chdir(engine)
    with duckdb.connect() as sql:
        assert sql.execute(asked).fetchall() == [(60, 50, 22.0)]


def test_what_comes_with_stoa_names_countries_years_and_a_source() -> None:
    known = read(OURS)

    assert len(known) == 182
    assert set(known) <= set(REGIONS)
    assert all(0 < one.share < 1 and 2000 < one.year < 2027 and one.source for one in known.values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("land,share\nUS,50\n", "the first line is to name the columns country, bachelor_or_more, year, source"),
        ("country,bachelor_or_more,year,source\nUSA,50,2020,Census\n", "line 2: a line looks like"),
        ("country,bachelor_or_more,year,source\nUS,50,2020,Census\nKE,half,2020,Bureau\n", "line 3: a line looks like"),
        ("country,bachelor_or_more,year,source\nUS,150,2020,Census\n", "line 2: a line looks like"),
        ("country,bachelor_or_more,year,source\nUS,50,2020,\n", "line 2: a line looks like"),
        ("country,bachelor_or_more,year,source\nUS\n", "line 2: a line looks like"),
    ],
)
def test_a_file_that_is_wrong_is_said_to_be_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(text)

    with pytest.raises(BaselineUnreadable, match=says):
        read(file)
    a_warehouse(tmp_path / "w", people())
    said = CliRunner().invoke(insights, ["serve", "--warehouse", str(tmp_path / "w"), "--baseline", str(file)])
    assert (said.exit_code, says in said.stderr) == (1, True)
