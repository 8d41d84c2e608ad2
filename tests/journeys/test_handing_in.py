"""A learner writes and hands in work in a real browser: with and without JavaScript, on a phone, in Arabic, offline."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from stoa.accounts.models import Person
from stoa.coursedoc.model import FilePolicy
from stoa.coursedoc.model.assignments import Need
from stoa.kernel.clock import now
from stoa.mail.models import Mail
from stoa.peer_review.models import Draft, Submission
from stoa.peer_review.tests.makers import WORDS, Author, a_run_of, an_assignment, an_author
from tests.journeys.checkers import Nu

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
NOTES = FilePayload(name="ada okafor notes.txt", mimeType="text/plain", buffer=b"One two three")
PHOTO = FilePayload(name="photo.txt", mimeType="text/plain", buffer=b"MZ\x90\0")


def ahead(**facts: object) -> Author:
    """A learner before an assignment with text, code, links and files, due in two weeks."""
    work = an_assignment(
        "word-counter",
        due=now() + timedelta(days=14),
        grace_minutes=30,
        code=Need.OPTIONAL,
        links=Need.OPTIONAL,
        files=FilePolicy(need=Need.OPTIONAL, types=("txt", "png"), megabytes=1),
        **facts,
    )
    return an_author(a_run_of(work))


def in_front_of(
    person: Person,
    browser: Browser,
    server: LiveServer,
    *,
    viewport: ViewportSize | None = None,
    scripts: bool = True,
    language: str = "en",
    dark: bool = False,
) -> BrowserContext:
    """Somebody's own browser, signed in."""
    client = Client()
    client.force_login(person)
    context = browser.new_context(
        base_url=server.url,
        viewport=viewport,
        java_script_enabled=scripts,
        locale=language,
        color_scheme="dark" if dark else "light",
    )
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context


def faults(page: Page) -> list[str]:
    """What axe finds on the page, and whether it is wider than its window."""
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [
        *(f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]),
        *(["too wide"] if wide else []),
    ]


def write(page: Page) -> None:
    page.get_by_label("Your answer").fill(f"## What I did\n\n{WORDS}")
    page.get_by_label("Your code").fill("for word in text.split():\n    print(word)")
    page.get_by_label("Links").fill("https://example.org/my-work")


@pytest.mark.req("R025", "R112", "R113")
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_work_is_written_previewed_and_handed_in_once(
    browser: Browser, live_server: LiveServer, viewport: ViewportSize
) -> None:
    ada = ahead()
    an_author(ada.run, "Bo").hands_in(at=now())
    page = in_front_of(ada.person, browser, live_server, viewport=viewport).new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(ada.address())
    found = faults(page)
    picture(page, f"hand-in-empty-{viewport['width']}")

    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.get_by_label("Add a file").set_input_files(NOTES)
    expect(page.get_by_text("notes.txt", exact=True)).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="What I did")).to_be_visible()
    found += faults(page)
    picture(page, f"hand-in-writing-{viewport['width']}")
    page.get_by_role("button", name="Hand in").dblclick()

    expect(page.get_by_text("Your score comes by")).to_be_visible()
    expect(page.get_by_role("link", name="Read the work of")).to_be_visible()
    found += faults(page)
    picture(page, f"hand-in-done-{viewport['width']}")
    assert (found, errors) == ([], [])
    work = Submission.objects.get(enrolment=ada.enrolment)
    assert (work.versions.get().answers, work.versions.get().files.get().name) == (
        [f"## What I did\n\n{WORDS}"],
        "notes.txt",
    )
    assert Mail.objects.filter(to=ada.person.email).count() == 1


def test_all_of_it_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    ada = ahead()
    page = in_front_of(ada.person, browser, live_server, scripts=False).new_page()
    page.goto(f"/courses/{ada.run.course.slug}/runs/{ada.run.code}/steps/word-counter-step/")

    page.get_by_label("Your answer").fill("Half of it")
    page.get_by_role("button", name="Save for later").click()
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.get_by_label("Add a file").set_input_files(PHOTO)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("photo.txt is not what its ending says.")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Half of it")
    page.get_by_label("Add a file").set_input_files(NOTES)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()
    page.get_by_text("Change it and hand in again").click()
    page.get_by_label("Your answer").fill("All of it")
    page.get_by_role("button", name="Hand in again").click()
    expect(page.get_by_text("Version 2.")).to_be_visible()
    page.get_by_text("Withdraw it").click()
    page.get_by_role("button", name="Withdraw my work").click()

    expect(page.get_by_role("heading", name="Withdrawn")).to_be_visible()
    assert Submission.objects.get().latest == 2


def test_what_is_typed_without_a_network_is_there_again_and_sent_later(
    browser: Browser, live_server: LiveServer
) -> None:
    ada = ahead()
    context = in_front_of(ada.person, browser, live_server)
    page = context.new_page()
    page.goto(ada.address())
    context.set_offline(True)
    page.get_by_label("Your answer").fill("Written in the tunnel")
    expect(page.locator("[data-saved]")).to_have_text("…")
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(ada.address())

    expect(again.get_by_label("Your answer")).to_have_value("Written in the tunnel")
    expect(again.locator("[data-saved]")).to_contain_text("Saved")
    assert Draft.objects.get().answers == ["Written in the tunnel"]


def test_an_upload_goes_on_when_the_line_is_back_and_keeps_the_words(browser: Browser, live_server: LiveServer) -> None:
    ada = ahead()
    context = in_front_of(ada.person, browser, live_server)
    page = context.new_page()
    page.goto(ada.address())
    page.get_by_label("Your answer").fill("Words first")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")

    context.set_offline(True)
    page.get_by_label("Add a file").set_input_files(NOTES)
    page.wait_for_timeout(500)
    context.set_offline(False)

    expect(page.get_by_text("notes.txt", exact=True)).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Words first")


def test_by_keyboard_alone_what_is_missing_is_reached_and_mended(browser: Browser, live_server: LiveServer) -> None:
    ada = ahead()
    page = in_front_of(ada.person, browser, live_server).new_page()
    page.goto(ada.address())

    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-problem]")).to_be_focused()
    expect(page.get_by_text("Write something here: this answer is asked for.")).to_be_visible()
    found = faults(page)
    picture(page, "hand-in-missing")
    page.get_by_label("Your answer").focus()
    page.keyboard.type(WORDS)
    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()
    assert found == []


def test_in_arabic_on_a_phone_in_the_dark(browser: Browser, live_server: LiveServer) -> None:
    ada = ahead()
    context = in_front_of(ada.person, browser, live_server, viewport=PHONE, language="ar", dark=True)
    page = context.new_page()
    page.goto(ada.address())

    found = faults(page)
    picture(page, "hand-in-arabic")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert found == []


def test_the_pages_are_valid_html(browser: Browser, live_server: LiveServer, nu: Nu | None) -> None:
    ada = ahead()
    leader = ada.assignment.responsible
    assert leader is not None
    page = in_front_of(ada.person, browser, live_server, scripts=False).new_page()
    states = []
    page.goto(ada.address())
    states.append(page.content())
    page.get_by_role("button", name="Hand in").click()
    states.append(page.content())
    page.get_by_label("Your answer").fill(WORDS)
    page.get_by_label("Add a file").set_input_files(NOTES)
    page.get_by_role("button", name="Hand in").click()
    states.append(page.content())
    page.goto(f"/courses/{ada.run.course.slug}/runs/{ada.run.code}/steps/word-counter-step/")
    states.append(page.content())
    team = in_front_of(leader, browser, live_server, viewport=PHONE).new_page()
    found = []
    for where in ("works/", "dates/", f"extensions/{ada.enrolment.pk}/"):
        team.goto(ada.address(where))
        states.append(team.content())
        found += faults(team)
        picture(team, f"giving-{where.split('/', maxsplit=1)[0]}")

    assert found == []
    assert nu is None or [fault for state in states for fault in nu.faults(state)] == []


def test_the_page_of_the_step_holds_all_of_it(browser: Browser, live_server: LiveServer) -> None:
    ada = ahead()
    page = in_front_of(ada.person, browser, live_server, viewport=PHONE).new_page()
    page.goto(f"/courses/{ada.run.course.slug}/runs/{ada.run.code}/steps/word-counter-step/")
    found = faults(page)

    page.get_by_label("Your answer").fill(WORDS)
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Your score comes by")).to_be_visible()
    page.set_viewport_size(DESKTOP)
    page.goto(f"/courses/{ada.run.course.slug}/runs/{ada.run.code}/steps/word-counter-step/")
    picture(page, "hand-in-step")

    assert (found, faults(page)) == ([], [])


def test_a_team_is_formed_and_its_page_is_sound(browser: Browser, live_server: LiveServer) -> None:
    ada = ahead(teams=True, team_size=3)
    page = in_front_of(ada.person, browser, live_server).new_page()
    page.goto(ada.address())
    found = faults(page)

    page.get_by_label("Name of the team").fill("Porch")
    page.get_by_role("button", name="Form the team").click()

    expect(page.get_by_role("heading", name="Porch")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_be_visible()
    picture(page, "hand-in-team")
    assert (found, faults(page)) == ([], [])


def picture(page: Page, name: str) -> None:
    """Keep a picture where STOA_PICTURES says, for those who want to look."""
    if folder := os.environ.get("STOA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
