"""A board that stays open shows what happens on the site, and takes nothing away from who reads it."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checkers import axe_faults, picture, sideways
from tests.journeys.conftest import Open, Site
from tests.journeys.people import COURSE, Newcomer, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.req("R085")]
SOON = 120_000
"""Milliseconds that a machine with other work may take; `python -m bench.insights_live` measures."""


def registered(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(".kpis .fig").first.inner_text()))


def somebody_enrols(visitor: Open, name: str) -> None:
    newcomer = Newcomer(visitor(), f"{name}@example.org")
    newcomer.find_the_course()
    newcomer.make_an_account_on_the_way_in()
    newcomer.enrol()


def test_somebody_enrols_and_the_open_board_counts_them(visitor: Open) -> None:
    board = visitor()
    board.goto("/insights/")
    board.evaluate("window.sameVisit = true")
    before = registered(board)
    bar = board.locator("#countries .bars a").nth(2)
    bar.focus()
    chosen = bar.get_attribute("href")
    place = board.evaluate("scrollY")

    somebody_enrols(visitor, "live-board")

    board.wait_for_function(
        "n => Number(document.querySelector('.kpis .fig').textContent.replace(/\\D/g, '')) > n",
        arg=before,
        timeout=SOON,
    )
    assert board.evaluate("window.sameVisit")
    assert board.evaluate("document.activeElement.getAttribute('href')") == chosen
    assert board.evaluate("scrollY") == place
    expect(board.locator("[data-says]")).to_contain_text("Registered: ", timeout=SOON)


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"language": "ar", "width": 360}], ids=["light", "dark", "ar"])
def test_an_open_table_stays_open_and_the_page_stays_clean(visitor: Open, look: dict[str, object]) -> None:
    page = visitor(**look)
    page.goto("/insights/overview/")
    page.locator("details summary").first.click()
    events = page.locator(".kpis .fig").nth(4)
    before = events.inner_text()

    visitor().goto(COURSE)

    expect(events).not_to_have_text(before, timeout=SOON)
    expect(page.locator("details").first).to_have_attribute("open", "")
    assert axe_faults(page) == []
    assert sideways(page) <= 0
    picture(page, f"insights-live-{'-'.join(map(str, look.values())) or 'light'}")


def test_a_hidden_page_asks_nothing_and_catches_up_when_it_is_seen(visitor: Open) -> None:
    page = visitor()
    page.goto("/insights/overview/")
    expect(page.locator(".as-of time")).to_be_visible()
    page.wait_for_timeout(1500)
    asked: list[str] = []
    hide(page, hidden=True)
    page.on("request", lambda request: asked.append(request.url))
    before = page.locator(".kpis .fig").nth(4).inner_text()

    visitor().goto(COURSE)
    page.wait_for_timeout(3000)

    assert asked == []
    hide(page, hidden=False)
    expect(page.locator(".kpis .fig").nth(4)).not_to_have_text(before, timeout=SOON)


def test_a_choice_on_an_open_board_is_kept(visitor: Open) -> None:
    board = visitor()
    board.goto("/insights/")
    board.locator("#age .bars a, #gender .slices a").first.click()
    expect(board).to_have_url(re.compile(r"/insights/\?(age|gender)="))
    version = board.locator("[data-fresh]").get_attribute("data-fresh")

    visitor().goto(COURSE)

    expect(board.locator("[data-fresh]")).not_to_have_attribute("data-fresh", str(version), timeout=SOON)
    assert board.locator(".showing .chip[aria-current=true]").count() == 1


def test_the_team_page_keeps_up_too(visitor: Open, site: Site) -> None:
    page = visitor()
    sign_in(page, site, "admin@stoa.example")
    page.goto(COURSE)
    home = page.locator("a[href^='/courses/first-steps-in-python/runs/']").first.get_attribute("href")
    run = re.match(r"/courses/first-steps-in-python/runs/[\w-]+/", str(home))
    assert run
    page.goto(f"{run[0]}insights/")
    version = page.locator("[data-fresh]").get_attribute("data-fresh")

    visitor().goto(COURSE)

    expect(page.locator("[data-fresh]")).not_to_have_attribute("data-fresh", str(version), timeout=SOON)


def hide(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        f"""Object.defineProperty(document, "hidden", {{ configurable: true, get: () => {json.dumps(hidden)} }});
        document.dispatchEvent(new Event("visibilitychange"));"""
    )
