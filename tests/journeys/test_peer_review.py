"""Learners review one another in a real browser: with and without JavaScript, on a phone, by keyboard, alone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from stoa.accounts.models import Person
from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.models import Place, Review, Score, Submission
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.rooms import a_class_of, a_scored_class, sentence
from tests.journeys.checkers import Nu, sideways

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
FOUR = ("Ada", "Bo", "Chi", "Dov")


def in_front_of(person: Person, browser: Browser, server: LiveServer, **options: object) -> BrowserContext:
    """Somebody's own browser, signed in."""
    client = Client()
    client.force_login(person)
    context = browser.new_context(base_url=server.url, **options)  # type: ignore[arg-type]  # options are those of playwright
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context


def faults(page: Page, nu: Nu | None = None) -> list[str]:
    """What axe and the checker find, and whether the page is too wide."""
    found = Axe().run(page).response["violations"]
    wide = sideways(page)
    source = page.context.request.get(page.url).text() if nu else ""
    return [
        *(f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]),
        *([f"{wide} px too wide"] if wide > 0 else []),
        *(nu.faults(source) if nu else []),
    ]


def write(page: Page, n: int) -> None:
    """Fill a review in, from the n-th sentence on."""
    for place, group in enumerate(page.locator("fieldset.criterion").all()):
        group.locator("input[type=radio]").last.check()
        group.locator("textarea").fill(sentence(n + place))


def give_all(page: Page, room: Class, name: str) -> None:
    """Read everything that there is to read."""
    page.goto(room.authors[name].address("reviews/"))
    page.get_by_role("button", name="Read").first.click()
    n = 0
    while page.locator("#review").count():
        write(page, n)
        page.get_by_role("button", name="Submit review").click()
        page.wait_for_load_state()
        n += 2


@pytest.mark.req("R026")
@pytest.mark.req("R111")
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_four_learners_review_one_another_and_see_their_scores(
    browser: Browser, live_server: LiveServer, nu: Nu | None, *, scripts: bool
) -> None:
    room = a_class_of(*FOUR)
    found: list[str] = []
    for name in FOUR:
        context = in_front_of(room.person(name), browser, live_server, java_script_enabled=scripts, viewport=DESKTOP)
        page = context.new_page()
        give_all(page, room, name)
        expect(page.locator("main")).to_contain_text("All your reviews are given")
        context.close()
    actions.tick(at=now() + timedelta(days=7))

    page = in_front_of(room.person("Ada"), browser, live_server, java_script_enabled=scripts).new_page()
    page.goto(room.authors["Ada"].address("result/"))
    expect(page.locator("main")).to_contain_text("First the words, then the marks")
    found += faults(page, nu) if scripts else []
    for radio in page.get_by_label("Yes").all():
        radio.check()
    page.get_by_role("button", name="Send and show my score").click()

    expect(page.locator("main h1")).to_have_text("Word counter: your score")
    expect(page.locator(".score .fig")).to_have_text("100")
    found += faults(page, nu) if scripts else []
    picture(page, "result")
    assert [place.done for place in Place.objects.all()] == [3, 3, 3, 3]
    assert found == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_review_saves_itself_and_comes_back_after_a_closed_window(
    browser: Browser, live_server: LiveServer, nu: Nu | None, viewport: dict[str, int]
) -> None:
    room = a_class_of(*FOUR)
    context = in_front_of(room.person("Ada"), browser, live_server, viewport=viewport)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(room.authors["Ada"].address("reviews/"))
    page.get_by_role("button", name="Read the next work").click()
    before = faults(page, nu)
    page.get_by_text("Help me to be specific and kind").click()
    page.get_by_role("button", name="A next step could be").click()
    page.keyboard.type("a function.")
    page.locator("input[type=radio]").nth(1).check()
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved")
    picture(page, f"review-{viewport['width']}")
    address = page.url
    page.close()

    again = context.new_page()
    again.goto(address)

    expect(again.locator("textarea").first).to_have_value("A next step could be a function.")
    expect(again.locator("input[type=radio]").nth(1)).to_be_checked()
    expect(again.get_by_role("button", name="Submit review")).to_be_in_viewport()
    assert (before, faults(again), errors) == ([], [], [])


def test_what_is_typed_without_a_network_is_there_again_and_sent_later(
    browser: Browser, live_server: LiveServer
) -> None:
    room = a_class_of(*FOUR)
    context = in_front_of(room.person("Ada"), browser, live_server)
    page = context.new_page()
    page.goto(room.authors["Ada"].address("reviews/"))
    page.get_by_role("button", name="Read the next work").click()
    page.wait_for_url("**/reviews/*/")
    page.wait_for_load_state("networkidle")
    address = page.url
    context.set_offline(True)
    page.locator("textarea").first.fill("Written in a tunnel.")
    expect(page.locator("[data-saved]")).to_have_text("…")
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(address)

    expect(again.locator("textarea").first).to_have_value("Written in a tunnel.")
    expect(again.locator("[data-saved]")).to_contain_text("Draft saved")
    assert "Written in a tunnel." in str(Review.objects.get().draft)


def test_a_review_is_written_by_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    room = a_class_of(*FOUR)
    page = in_front_of(room.person("Ada"), browser, live_server).new_page()
    page.goto(room.authors["Ada"].address("reviews/"))
    page.get_by_role("button", name="Read the next work").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviews/*/")
    page.locator("input[type=radio]").first.focus()

    for n in range(2):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type(sentence(n + 3))
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Submit review").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Your review is on its way.")).to_be_visible()
    assert Review.objects.filter(state="accepted").count() == 1


@pytest.mark.req("R114")
def test_two_learners_read_each_others_work(browser: Browser, live_server: LiveServer) -> None:
    room = a_class_of("Ada", "Bo")
    for name in ("Ada", "Bo"):
        give_all(in_front_of(room.person(name), browser, live_server).new_page(), room, name)
    actions.tick(at=now() + timedelta(days=7))

    page = in_front_of(room.person("Bo"), browser, live_server).new_page()
    page.goto(room.authors["Bo"].address("result/"))
    page.get_by_role("button", name="Show it without rating").click()

    expect(page.locator(".score .fig")).to_have_text("100")
    assert Score.objects.count() == 2


@pytest.mark.req("R114")
def test_who_is_alone_gets_a_score_from_an_instructor(browser: Browser, live_server: LiveServer, nu: Nu | None) -> None:
    room = a_class_of("Ada", ago=timedelta(days=6, hours=1))
    actions.tick(at=now())
    staff = in_front_of(room.instructor, browser, live_server).new_page()
    staff.goto(f"/courses/{room.run.course.slug}/runs/{room.run.code}/peer-review/queue/")
    found = faults(staff, nu)
    staff.get_by_role("link", name="Read it").click()
    found += faults(staff, nu)
    write(staff, 3)
    staff.get_by_role("button", name="Keep this reading").click()
    expect(staff.get_by_text("Nothing waits for you.")).to_be_visible()

    page = in_front_of(room.person("Ada"), browser, live_server).new_page()
    page.goto(room.authors["Ada"].address("result/"))

    expect(page.locator("main")).to_contain_text("An instructor read it.")
    assert (found, Submission.objects.get().state) == ([], "final")


@pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark"}, {"locale": "ar", "viewport": PHONE}], ids=["light", "dark", "arabic-phone"]
)
def test_every_page_of_the_course_team_is_silent_under_axe_and_the_checker(
    browser: Browser, live_server: LiveServer, nu: Nu | None, look: dict[str, object]
) -> None:
    room = a_scored_class(*FOUR)
    ada = room.works["Ada"]
    actions.appeal(submission=ada, by=room.person("Ada"), criterion_id="does-it-work", reason="Line 7.", at=now())
    room.joins("Eli", at=now() - timedelta(days=5))
    page = in_front_of(room.instructor, browser, live_server, **look).new_page()
    root = f"/courses/{room.run.course.slug}/runs/{room.run.code}/"
    pages = ["", "queue/", "appeals/", "reports/", "copies/", "fairness/", "volunteers/"]
    addresses = [f"{root}health/", *(f"{root}peer-review/{one}" for one in pages)]
    addresses += [f"{root}peer-review/works/{ada.pk}/history/", f"{root}reading-for-others/", "/peer-review/method/"]
    found = {}
    for address in addresses:
        page.goto(address)
        if wrong := faults(page, nu):
            found[address] = wrong

    assert found == {}


def picture(page: Page, name: str) -> None:
    """Keep a picture where STOA_PICTURES says, for those who want to look."""
    if folder := os.environ.get("STOA_PICTURES"):
        page.screenshot(path=Path(folder) / f"peer-{name}.png", full_page=True)
