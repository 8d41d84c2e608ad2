"""Operators bring their own data of where addresses lie, and pages say which it was."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.test import Client

from stoa.insights.commands.building import build
from stoa.insights.commands.following import follow
from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.reading import countries
from stoa.insights.engine.reading.countries import CountriesUnreadable, read_countries
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries import figures
from stoa.insights.queries.lags import places_in_words
from stoa.insights.rules.answers import Definitions, Overview, System
from stoa.insights.rules.dimensions import Dimension, View
from stoa.insights.rules.questions import Asked, Question
from stoa.insights.rules.wire import read, written
from stoa.insights.tests.media_logs import NOW, asked, tries
from stoa.insights.tests.mmdb_files import an_mmdb

pytestmark = pytest.mark.req("R092")
GEOLITE = {"country": {"iso_code": "KE"}, "registered_country": {"iso_code": "US"}}
RECORDS = {
    "8.1.0.0/16": GEOLITE,
    "8.2.0.0/16": {"country": "fr"},
    "8.3.0.0/16": {"country_code": "IN"},
    "8.4.0.0/16": {"registered_country": {"iso_code": "US"}},
    "10.0.0.0/8": GEOLITE,
    "2a00::/12": GEOLITE,
}


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # Set first, so that what a command sets in this process is taken back too.
    monkeypatch.setenv(countries.SETTING, "")
    monkeypatch.delenv(countries.SETTING)
    countries.default_countries.cache_clear()
    yield
    countries.default_countries.cache_clear()


@pytest.fixture
def mmdb(tmp_path: Path) -> Path:
    path = tmp_path / "places.mmdb"
    path.write_bytes(an_mmdb(RECORDS))
    return path


@pytest.mark.parametrize(
    ("ip", "country"),
    [
        ("8.1.2.3", "KE"),
        ("8.2.2.3", "FR"),
        ("8.3.2.3", "IN"),
        ("8.4.2.3", None),
        ("8.5.2.3", None),
        ("::ffff:8.1.2.3", "KE"),
        ("2a00::1", "KE"),
        ("2b00::1", None),
        ("10.0.0.1", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_an_address_has_the_country_that_the_file_says(mmdb: Path, ip: str, country: str | None) -> None:
    assert read_countries(mmdb).of([ip, ip]) == [country, country]


def test_the_file_says_of_what_day_it_is(mmdb: Path) -> None:
    known = read_countries(mmdb)

    assert (known.source, known.vintage) == ("Test-Country", "2026-05-28")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no ranges"),
        (b"hello", "holds no ranges"),
        (an_mmdb({"8.1.0.0/16": {"asn": "AS1"}}), "name no countries"),
    ],
)
def test_a_file_that_tells_no_countries_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "broken.mmdb").write_bytes(content)

    with pytest.raises(CountriesUnreadable, match=reason):
        read_countries(tmp_path / "broken.mmdb")


def built(tmp_path: Path, *words: str) -> tuple[Warehouse, str, int]:
    """A log of learners in three countries and elsewhere, ingested, and built by the command."""
    log = tmp_path / "a.log"
    lines = [line for place in (1, 2, 9) for line in tries(place, well=12, badly=0, first=100 * place)]
    log.write_text("\n".join(lines) + "\n")
    warehouse = Warehouse(tmp_path / "w")
    with warehouse.alone():
        ingest(warehouse, [log], now=NOW)
    done = CliRunner().invoke(build, ["--warehouse", str(tmp_path / "w"), *words])
    return warehouse, done.output, done.exit_code


def by_country(warehouse: Warehouse) -> dict[str, int]:
    question = Question(asked=Asked.OVERVIEW, view=View.TEAM)
    page = read(Overview, Answers(warehouse).answer(written(question)))
    return {one.key: one.counts.registered for one in page.slices[Dimension.COUNTRY] if one.counts}


def test_a_build_takes_it_and_the_manifest_says_so(tmp_path: Path, mmdb: Path) -> None:
    warehouse, said, code = built(tmp_path, "--ip-database", str(mmdb))

    assert code == 0, said
    assert by_country(warehouse) == {"FR": 12, "KE": 12, "unknown": 12}
    facts = warehouse.snapshot().manifest.facts
    assert (facts["ip_source"], facts["ip_vintage"]) == ("Test-Country", "2026-05-28")
    assert {one.key for one in asked(warehouse).groups} == {"FR", "KE", "unknown"}


def test_newer_data_moves_people(tmp_path: Path, mmdb: Path) -> None:
    warehouse, _, _ = built(tmp_path, "--ip-database", str(mmdb))
    newer = tmp_path / "newer.mmdb"
    newer.write_bytes(an_mmdb({"8.1.0.0/16": {"country": "UG"}, "8.9.0.0/16": GEOLITE}, built=1_790_000_000))

    warehouse, said, code = built(tmp_path, "--ip-database", str(newer))

    assert code == 0, said
    assert by_country(warehouse) == {"KE": 12, "UG": 12, "unknown": 12}


@pytest.mark.parametrize("how", ["option", "setting"])
def test_a_broken_file_stops_the_build_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(b"hello")
    words = ["--ip-database", str(broken)] if how == "option" else []
    if how == "setting":
        monkeypatch.setenv(countries.SETTING, str(broken))

    _, said, code = built(tmp_path, *words)

    plain = " ".join(said.replace("│", " ").split())
    assert code == 2
    assert "broken.mmdb holds no ranges of addresses with their countries" in plain
    assert "Give a .mmdb file of countries, or CSV" in plain


@pytest.mark.parametrize("command", [build, follow])
def test_a_missing_file_is_named(tmp_path: Path, command: click.Command) -> None:
    done = CliRunner().invoke(command, ["--ip-database", str(tmp_path / "none.mmdb")])

    assert done.exit_code == click.UsageError.exit_code
    assert "none.mmdb" in "".join(done.output.split())
    assert "does not exist" in " ".join(done.output.split())


@pytest.mark.django_db
def test_pages_say_whose_data_it_is(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    system = System(version=1, ip_source="Test-Country", ip_vintage="2026-05-28")
    monkeypatch.setattr(figures, "system", lambda: system)
    monkeypatch.setattr(figures, "definitions", lambda: Definitions(version=1))

    assert "Countries of addresses by Test-Country, of 2026-05-28." in client.get("/insights/method/").content.decode()
    assert places_in_words(System(version=1)) == ""
