"""Open pages of figures keep up with the log."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.test import Client
from django.utils import timezone

from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.asking.door import door, key, listening
from stoa.insights.engine.asking.serving import Service
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries import figures
from stoa.insights.queries.lags import lag_in_words
from stoa.insights.rules.answers import System
from stoa.insights.tests.crowds import a_warehouse, add_registrations, registrations
from stoa.live.tickets import topics_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("R085")]
PAGES = ["/insights/", "/insights/overview/", "/insights/compare/", "/insights/figures/age/", "/insights/charts/age/"]
ASKS = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
    monkeypatch.setattr(figures, "_kept", {})
    made = a_warehouse(tmp_path / "w", registrations(40, country="KE", viewed=True, status="viewed"))
    service = Service(listening(door()), Answers(made), signed_with=key())
    running = Thread(target=service.run)
    running.start()
    yield made
    service.stop()
    running.join()
    service._taking.close()  # noqa: SLF001 -- the process of a site ends with it


@pytest.mark.parametrize("address", PAGES)
def test_everybody_may_listen_without_an_account(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    ticket = re.search(r'data-live="http://testserver:\d+/\?ticket=([^"]+)"', page)
    assert ticket
    assert topics_of(ticket[1], at=timezone.now()) == ("insights",)


@pytest.mark.parametrize("address", PAGES)
def test_an_open_page_fetches_only_what_changes(client: Client, address: str) -> None:
    part = client.get(address, headers=ASKS)

    assert part.content.decode().lstrip().startswith('<div class="insights blocks"')
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("more", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}])
def test_a_link_and_the_way_back_get_the_whole_page(client: Client, more: dict[str, str]) -> None:
    assert "<html" in client.get("/insights/", headers=ASKS | more).content.decode()


def test_what_did_not_change_is_not_sent_again(client: Client, warehouse: Warehouse) -> None:
    sign = client.get("/insights/", headers=ASKS)["ETag"]

    assert client.get("/insights/", headers=ASKS | {"If-None-Match": sign}).status_code == 304
    add_registrations(warehouse, registrations(1, country="KE"))
    newer = client.get("/insights/", headers=ASKS | {"If-None-Match": sign})
    assert newer.status_code == 200
    assert "41 registered" in newer.content.decode()


def test_the_version_is_a_small_question(client: Client, warehouse: Warehouse) -> None:
    first = client.get("/insights/version/")

    assert first.json() == {"version": warehouse.snapshot().version}
    again = client.get("/insights/version/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    add_registrations(warehouse, registrations(1, country="KE"))
    later = client.get("/insights/version/", headers={"If-None-Match": first["ETag"]})
    assert later.json() == {"version": warehouse.snapshot().version}


def test_without_the_engine_the_version_is_not_known(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOA_INSIGHTS_URL", "unix:///nowhere/socket")

    assert client.get("/insights/version/").status_code == 503


def test_the_page_says_how_old_it_is_and_how_soon_events_are_in_it(client: Client, warehouse: Warehouse) -> None:
    with warehouse.writing() as change:
        change.say("last_t", 1_700_000_000_123_456)
        change.say("lag_p50_ms", 420)
        change.say("lag_p95_ms", 870)
        change.say("lag_n", 1234)

    page = client.get("/insights/").content.decode()

    assert 'datetime="2023-11-14T22:13:20+00:00">14 Nov 2023, 22:13:20 UTC' in page
    assert "half within 0.4 s, 95 of 100 within 0.9 s (of 1,234 events)" in page


def test_nothing_is_said_of_times_that_nobody_measured() -> None:
    assert lag_in_words(System(version=1)) == ""
