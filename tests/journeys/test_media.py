"""Where MOOC videos do not get through: the learner can go on, and those who run the course hear of it."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.checkers import Nu, picture
from tests.journeys.conftest import Open, Site
from tests.journeys.people import sign_in
from tests.journeys.test_every_page import faults_of, the_run_of

pytestmark = [pytest.mark.journey, pytest.mark.req("R093")]
SOON = 120_000
"""Milliseconds in which a board hears of it, on a machine that is filling the site with learners meanwhile."""
STANDS = 20_000
VIDEO = re.compile(r"\.(webm|mp4|m4v|ogv)(\?|$)")
LOOKS = [{}, {"dark": True}, {"language": "ar", "width": 360}]


def told_by(page: Page) -> list[dict[str, object]]:
    """What the page tells of MOOC videos, as it tells it."""
    events: list[dict[str, object]] = []

    def take(route: Route) -> None:
        events.extend(json.loads(route.request.post_data or "{}")["events"])
        route.continue_()

    page.route("**/events/", take)
    return events


def open_a_video(page: Page, site: Site) -> None:
    """The first step with a MOOC video."""
    sign_in(page, site, "learner@stoa.example")
    home = the_run_of(page)
    page.goto(home)
    steps = page.locator("main a[href*='/steps/']").evaluate_all("links => links.map(link => link.pathname)")
    for step in dict.fromkeys(steps):
        page.goto(step)
        if page.locator("[data-player] video").count():
            return
    raise AssertionError("no step has a MOOC video")


def test_a_blocked_video_is_told_once_and_the_learner_goes_on(visitor: Open, site: Site) -> None:
    page = visitor(forgiving=True)
    events = told_by(page)
    page.route(VIDEO, lambda route: route.abort())

    open_a_video(page, site)
    page.locator("[data-do=play]").first.click()

    expect(page.locator("[data-failed]").first).to_be_visible()
    page.wait_for_timeout(1000)
    failed = [event for event in events if event["name"] == "video_failed"]
    assert [event["reason"] for event in failed] == ["no source plays"]
    assert "transcript" in page.locator("[data-failed]").first.inner_text()


def test_a_video_that_stands_still_is_told_and_the_note_goes_when_it_goes_on(visitor: Open, site: Site) -> None:
    page = visitor()
    events = told_by(page)
    open_a_video(page, site)
    page.clock.install()
    video = page.locator("[data-player] video").first
    video.evaluate("video => Object.defineProperty(video, 'paused', { configurable: true, get: () => false })")

    video.dispatch_event("waiting")
    page.clock.fast_forward(STANDS - 1000)
    assert [event for event in events if event["name"] == "video_failed"] == []
    page.clock.fast_forward(2000)

    expect(page.locator("[data-failed]").first).to_be_visible()
    video.evaluate("video => Object.defineProperty(video, 'readyState', { configurable: true, get: () => 4 })")
    video.dispatch_event("playing")
    expect(page.locator("[data-failed]").first).to_be_hidden()
    page.wait_for_timeout(500)
    assert [event["reason"] for event in events if event["name"] == "video_failed"] == ["stands still"]


def test_staff_see_the_failure_on_their_board_without_a_reload(visitor: Open, site: Site) -> None:
    board = visitor()
    sign_in(board, site, "admin@stoa.example")
    board.goto("/insights/media/?view=team")

    learner = visitor(forgiving=True)
    learner.route(VIDEO, lambda route: route.abort())
    open_a_video(learner, site)
    # A browser need not load a video before it is to play.
    learner.locator("[data-do=play]").first.click()
    expect(learner.locator("[data-failed]").first).to_be_visible()

    failed = board.locator("#table tbody tr td:nth-of-type(1)").filter(has_text=re.compile(r"^\s*[1-9]"))
    expect(failed.first).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "right-to-left-phone"])
def test_media_by_country_is_a_clean_page(visitor: Open, site: Site, nu: Nu | None, look: dict[str, object]) -> None:
    page = visitor(**look)
    sign_in(page, site, "admin@stoa.example")
    for address in ("/insights/media/", "/insights/media/?view=team", "/insights/?view=team", "/insights/figures/map/"):
        page.goto(address)
        assert faults_of(page, nu) == []
        if "media" in address:
            picture(page, f"media-{'team' if 'team' in address else 'public'}-{'-'.join(map(str, look.values()))}")
