"""Every page passes axe and the Nu HTML checker, fits its window, and asks nobody else for anything."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

from tests.journeys.checkers import Nu, axe_faults, sideways
from tests.journeys.conftest import Open, Site
from tests.journeys.people import COURSE, sign_in

pytestmark = pytest.mark.journey
FIRST_VISIT_BYTES = 100_000
VISITORS_PAGES = (
    "/",
    "/catalogue/?q=nothing+like+this",
    "/catalogue/?q=MOOK",
    COURSE,
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/help/",
    "/accessibility/",
    "/licence/",
    "/your-data/",
    "/preferences/",
    "/styleguide/",
    "/no-such-page/",
    "/inbox/",
    "/insights/",
    "/insights/overview/",
    "/insights/compare/",
    "/insights/method/",
    "/insights/figures/map/",
    "/insights/figures/days/",
    "/insights/figures/population/",
    "/insights/overview/figures/goals/",
    f"{COURSE}insights/",
    f"{COURSE}insights/figures/age/",
    "/insights/charts/gender/?as=pie",
    "/insights/charts/education/?as=bars",
)
LEARNERS_PAGES = (
    "/my-learning/",
    "/forum/",
    "/account/",
    "/notices/",
    "/account/about-you/",
    "/account/answers/",
    "/preferences/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/logout/",
)
ADMINISTRATORS_PAGES = ("/imports/",)
LIGHT: dict[str, object] = {}
DARK: dict[str, object] = {"dark": True}
ARABIC_PHONE: dict[str, object] = {"language": "ar", "width": 360}
LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK, ARABIC_PHONE], ids=["light", "dark", "right-to-left-phone"])


def faults_of(page: Page, nu: Nu | None) -> list[str]:
    """Everything wrong with the page as it stands."""
    wide = sideways(page)
    source = page.context.request.get(page.url).text()
    return [
        *axe_faults(page),
        *(nu.faults(source) if nu else []),
        *([f"{wide} px too wide"] if wide > 0 else []),
    ]


def faults_on(page: Page, nu: Nu | None, addresses: list[str]) -> dict[str, list[str]]:
    """The faulty pages among these addresses."""
    found = {}
    for address in addresses:
        page.goto(address)
        if faults := faults_of(page, nu):
            found[address] = faults
    return found


@LOOKS
def test_pages_for_everyone(visitor: Open, site: Site, nu: Nu | None, look: dict[str, object]) -> None:
    page = visitor(forgiving=True, **look)

    assert faults_on(page, nu, list(VISITORS_PAGES)) == {}


@LOOKS
def test_pages_of_a_learner(visitor: Open, site: Site, nu: Nu | None, look: dict[str, object]) -> None:
    page = visitor(**look)
    sign_in(page, site, "learner@stoa.example")
    home = the_run_of(page)
    of_the_run = [
        home,
        *(
            f"{home}{part}/"
            for part in ("progress", "notes", "pace", "calendar", "announcements", "enrolment", "enrolment/withdrawal")
        ),
    ]

    # Every step in light; in the other looks every fourth, since a step takes seconds to check.
    steps = steps_of(page, home)[:: 4 if look else 1]

    assert faults_on(page, nu, [*LEARNERS_PAGES, *of_the_run, *steps]) == {}


@LOOKS
def test_pages_of_those_who_run_the_site(visitor: Open, site: Site, nu: Nu | None, look: dict[str, object]) -> None:
    page = visitor(**look)
    sign_in(page, site, "admin@stoa.example")
    page.goto(COURSE)
    home = the_first(page, r"^/courses/first-steps-in-python/runs/[\w-]+/")

    of_the_team = [
        f"{home}insights/",
        f"{home}insights/answers/",
        *(f"{home}insights/figures/{name}/" for name in ("steps", "still-there", "cohorts", "pace", "problems")),
        f"{home}health/",
        f"{home}learners/",
        f"{home}quizzes/",
        f"{home}announcements/",
        f"{COURSE}outside-resources/",
    ]
    assert faults_on(page, nu, [*ADMINISTRATORS_PAGES, *of_the_team]) == {}


@pytest.mark.req("R103")
@pytest.mark.parametrize(
    # Signing in brings three scripts of the library for passkeys.
    ("address", "requests"),
    [("/", 10), (COURSE, 10), ("/insights/", 10), ("/accounts/login/", 12)],
)
def test_a_first_visit_is_light_and_asks_little_and_nobody_else(
    visitor: Open, site: Site, address: str, requests: int
) -> None:
    page = visitor()
    # An open page of figures may ask for itself again, as somebody has just come.
    weighed: dict[str, int] = {}

    def weigh(request: Request) -> None:
        weighed.setdefault(request.url, size_of(request))

    page.on("requestfinished", weigh)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)

    assert [url for url in weighed if not url.startswith(site.address)] == []
    assert sum(weighed.values()) <= FIRST_VISIT_BYTES
    assert len([url for url in weighed if "/covers/" not in url]) <= requests


def size_of(request: Request) -> int:
    """Bytes over the wire of one answer."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def the_run_of(page: Page) -> str:
    """The home of the run that the learner is in."""
    page.goto("/my-learning/")
    return the_first(page, r"^/courses/first-steps-in-python/runs/[\w-]+/")


def the_first(page: Page, pattern: str) -> str:
    """What the pattern finds in the first link of the page that it fits."""
    return next(found[0] for found in map(finder(pattern), links_on(page)) if found)


def finder(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Looks for the pattern in an address."""
    return re.compile(pattern).match


def links_on(page: Page) -> list[str]:
    """Where the page's links lead."""
    return [link.get_attribute("href") or "" for link in page.locator("main a").all()]


def steps_of(page: Page, home: str) -> list[str]:
    """Every step of the run, by its Next links."""
    page.goto(home)
    address = next(link for link in links_on(page) if "/steps/" in link)
    page.goto(address)
    for way in ("prev", "next"):
        steps = [page.url]
        while (link := page.locator(f"a[rel={way}]")).count():
            page.goto(link.first.get_attribute("href") or "")
            steps.append(page.url)
    return steps
