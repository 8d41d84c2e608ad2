"""Somebody who writes about learning looks at who the learners are: with and without scripts."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.people import COURSE

pytestmark = pytest.mark.journey


@pytest.mark.req("R086", "R087", "R091")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_bar_changes_all_figures_and_back_brings_them_back(visitor: Open, width: int, scripts: bool) -> None:
    page = visitor(width=width, scripts=scripts)
    page.goto("/insights/")
    everybody = page.locator(".kpis .fig").first.inner_text()
    bar = page.locator("#age .bars a, #education .bars a, #gender .slices a").first
    bar.click()
    expect(page).to_have_url(re.compile(r"/insights/\?(age|education|gender)="))
    expect(page.locator(".kpis .fig").first).not_to_have_text(everybody)
    assert page.locator(".showing .chip[aria-current=true]").count() == 1

    page.go_back()
    expect(page.locator(".kpis .fig").first).to_have_text(everybody)


@pytest.mark.req("R086", "R097")
def test_a_figure_is_taken_along_as_a_table(visitor: Open) -> None:
    page = visitor(scripts=False)
    page.goto("/insights/")
    page.locator("#countries .tools a").first.click()
    expect(page.locator("#table table")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="csv").click()

    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    assert {"key", "label", "value", "of", "denominator"} == set(rows[0])
    assert sum(int(row["value"]) for row in rows if row["value"].isdigit()) > 100


@pytest.mark.req("R085")
def test_what_happens_is_counted_within_seconds(visitor: Open) -> None:
    page = visitor()
    page.goto("/insights/overview/")
    before = int(page.locator(".kpis .fig").nth(4).inner_text().replace(",", ""))

    page.goto(COURSE)
    page.goto("/insights/overview/")
    for _ in range(40):
        page.wait_for_timeout(250)
        page.reload()
        if int(page.locator(".kpis .fig").nth(4).inner_text().replace(",", "")) > before:
            break
    else:
        raise AssertionError("the visit was not counted within ten seconds")
