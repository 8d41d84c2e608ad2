"""A learner goes at their own pace, without scripts: later dates, a rest, a calendar, everything to take away."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Open, Site
from tests.journeys.people import sign_in

pytestmark = pytest.mark.journey
DATES = "#dates li time"


def dates(page: Page) -> list[str]:
    """The dates on the page of one's pace, for programs."""
    return [str(one.get_attribute("datetime")) for one in page.locator(DATES).all()]


@pytest.mark.req("R043", "R052", "R081")
def test_a_learner_shifts_rests_and_takes_the_dates_and_everything_along(visitor: Open, site: Site) -> None:
    page = visitor(scripts=False, width=360)
    sign_in(page, site, "learner@stoa.example")
    page.goto("/my-learning/")
    page.locator("main a[href*='/pace/']").first.click()
    home = page.url.split("pace/")[0]
    planned = dates(page)

    page.locator("form[action$='/pace/later/'] button").click()
    shifted = dates(page)
    page.locator("form[action$='/pause/'] button").click()
    resting = dates(page)
    page.locator("form[action$='/pause/end/'] button").click()
    going_on = dates(page)
    page.goto(f"{home}calendar/")
    page.locator("main form button.btn-main").click()
    address = page.locator("input#address").input_value()
    feed = visitor().context.request.get(address)

    assert planned
    assert planned < shifted < going_on
    assert resting == []
    ends = re.findall(r"DTEND:(\d{8})T", feed.text())
    assert ends == [date[:10].replace("-", "") for date in going_on]
    everything = page.context.request.get("/account/everything.zip")
    with ZipFile(BytesIO(everything.body())) as archive:
        assert "courses.json" in archive.namelist()
