"""A newcomer finds the course that ships, joins, and finishes its first module, in any way of using a browser."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.checkers import sideways
from tests.journeys.conftest import Open, Site
from tests.journeys.people import Newcomer, sign_in

pytestmark = pytest.mark.journey


def a_newcomer(visitor: Open, **window: object) -> Newcomer:
    return Newcomer(page=visitor(**window), email=f"nia-{uuid4().hex[:8]}@post.example")


@pytest.mark.req("R005", "R101", "R105", "R118", "R120")
@pytest.mark.parametrize(
    "window",
    [
        {},
        {"scripts": False},
        {"width": 360},
        {"language": "ar"},
        {"width": 360, "scripts": False, "language": "ar"},
    ],
    ids=["desktop", "no script", "phone", "right to left", "phone, no script, right to left"],
)
def test_a_newcomer_finishes_module_one(visitor: Open, site: Site, window: dict[str, object]) -> None:
    nia = a_newcomer(visitor, **window)
    nia.find_the_course()
    nia.make_an_account_on_the_way_in()
    nia.enrol()

    steps = nia.finish_module_one()

    assert len(steps) >= 4
    expect(nia.page.locator("main a[href*='/steps/']").first).to_be_visible()
    nia.page.goto("/my-learning/")
    resume = nia.page.locator("main a.btn-main[href*='/steps/']").first
    assert resume.get_attribute("href") not in {re.sub(r"^https?://[^/]+", "", step) for step in steps}
    if window.get("scripts", True):
        assert sideways(nia.page) <= 0
    direction = nia.page.locator("html").get_attribute("dir")
    assert direction == ("rtl" if window.get("language") == "ar" else "ltr")


@pytest.mark.req("R105")
def test_the_way_to_the_first_step_goes_by_keyboard_alone(visitor: Open, site: Site) -> None:
    page = visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", re.compile(r"^#"))
    sign_in(page, site, "learner@stoa.example")
    page.goto("/my-learning/")
    resume = page.locator("main a.btn-main[href*='/steps/']").first
    target = resume.get_attribute("href")

    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == target:
            break
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{target}")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('form')?.action?.includes('/completion/') ?? false"):
            break
    was = page.evaluate("document.activeElement.getAttribute('aria-pressed')")
    page.keyboard.press("Enter")
    button = page.locator(".bar-bottom form[action$='/completion/'] button")
    if was == "true":
        expect(button).not_to_have_attribute("aria-pressed", "true")
    else:
        expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.req("R064", "R118")
def test_a_visitor_without_an_account_reads_the_syllabus_and_a_sample_lesson(visitor: Open, site: Site) -> None:
    page = visitor(scripts=False)
    page.goto("/courses/first-steps-in-python/")
    expect(page.locator("#syllabus, [id*=syllabus]").first).to_be_visible()

    page.locator("main a[href*='/steps/']").first.click()

    expect(page.locator("main .prose, main video").first).to_be_visible()
    expect(page.locator("main h1")).to_be_visible()
