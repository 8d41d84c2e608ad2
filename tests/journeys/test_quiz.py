"""A learner answers a quiz in a real browser: with and without JavaScript, on a phone, without a network."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from stoa.assessment.actions import Blanks
from stoa.assessment.models import Attempt
from stoa.assessment.tests.makers import (
    Classroom,
    a_classroom,
    a_number,
    a_quiz,
    a_word,
    choose_many,
    choose_one,
    own_words,
)
from stoa.coursedoc.model import Quiz, Text
from stoa.coursedoc.model.quizzes import ChoiceKind, ShowAnswer
from tests.journeys.checkers import Nu, picture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)


def every_kind() -> Quiz:
    """A quiz with a part of every kind, two of them inside a text."""
    dropdown = replace(choose_one("d"), kind=ChoiceKind.DROPDOWN)
    return a_quiz(
        choose_one(),
        choose_many(),
        a_number(),
        replace(own_words(), lines=3),
        dropdown,
        a_word(),
        layout=Text(source="<p>A loop starts with {{part w}} and stops when we {{part d}}.</p>"),
        hints=(Text(source="Look at the condition."),),
        show_answer=ShowAnswer.ATTEMPTED,
        solution=Text(source="Count down."),
    )


def in_front_of(
    room: Classroom,
    browser: Browser,
    server: LiveServer,
    *,
    viewport: ViewportSize | None = None,
    java_script_enabled: bool = True,
) -> BrowserContext:
    """The learner's own browser, signed in."""
    client = Client()
    client.force_login(room.person)
    context = browser.new_context(base_url=server.url, viewport=viewport, java_script_enabled=java_script_enabled)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context


def lesson(room: Classroom) -> str:
    return f"/courses/{room.run.course.slug}/runs/{room.run.code}/steps/step-0/"


def answer_everything(page: Page) -> None:
    page.get_by_label("Count down").check()
    page.get_by_label("Choice a").check()
    page.get_by_label("Choice b").check()
    page.get_by_label("How much?").fill("7/2")
    page.get_by_label("What did you learn?").fill("That a loop needs three things.")
    page.get_by_label("Blank 5").select_option("Count down")
    page.get_by_label("Blank 6").fill("while")


def faults(page: Page) -> list[str]:
    """What axe finds in the quiz, and whether it is wider than its place."""
    found = Axe().run(page, context="main .card").response["violations"]
    wide = page.evaluate(
        "[...document.querySelectorAll('main .card')].some((one) => one.scrollWidth > one.clientWidth)"
    )
    return [
        *(f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]),
        *(["too wide"] if wide else []),
    ]


@pytest.mark.req("R101")
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_quiz_is_answered_with_feedback_and_again(
    browser: Browser, live_server: LiveServer, viewport: ViewportSize
) -> None:
    room = a_classroom(every_kind())
    page = in_front_of(room, browser, live_server, viewport=viewport).new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(lesson(room))
    before = faults(page)

    answer_everything(page)
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.get_by_role("button", name="Check answers").click()

    expect(page.locator("[data-result]")).to_contain_text("5 of 6 points")
    expect(page.get_by_text("Now it can become no.").first).to_be_visible()
    picture(page, f"quiz-{viewport['width']}")
    assert (before, faults(page), errors) == ([], [], [])
    page.get_by_label("Choice b").uncheck()
    page.get_by_label("Choice c").check()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-result]")).to_contain_text("6 of 6 points")
    page.get_by_role("link", name="Your 2 attempts").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Attempt 2")
    assert faults(page) == []


def test_the_page_of_a_quiz_is_valid_html_in_every_state(
    browser: Browser, live_server: LiveServer, nu: Nu | None
) -> None:
    room = a_classroom(replace(every_kind(), attempts=1))
    page = in_front_of(room, browser, live_server, java_script_enabled=False).new_page()
    states = []

    page.goto(room.address())
    states.append(page.content())
    answer_everything(page)
    page.get_by_label("How much?").fill("1,234")
    page.get_by_role("button", name="Check answers").click()
    expect(page.get_by_text("This comma can be read in two ways.")).to_be_visible()
    states.append(page.content())
    room.submits(blanks=Blanks.COUNTED, p="b")
    for address in (room.address(), room.address("attempts/")):
        page.goto(address)
        states.append(page.content())

    assert nu is None or [fault for state in states for fault in nu.faults(state)] == []


def test_all_of_it_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    room = a_classroom(every_kind())
    page = in_front_of(room, browser, live_server, java_script_enabled=False).new_page()
    page.goto(lesson(room))

    page.get_by_role("button", name="Give me a hint").click()
    expect(page.get_by_text("Look at the condition.")).to_be_visible()
    answer_everything(page)
    page.get_by_label("How much?").fill("1,234")
    page.get_by_role("button", name="Save for later").click()
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.get_by_role("button", name="Check answers").click()
    expect(page.get_by_text("This comma can be read in two ways.")).to_be_visible()
    page.get_by_label("How much?").fill("3.5")
    page.get_by_role("button", name="Check answers").click()

    expect(page.locator("[data-result]")).to_contain_text("5 of 6 points")
    assert page.url.endswith("/steps/step-0/#quiz-loops")


def test_what_is_typed_without_a_network_is_there_again_and_sent_later(
    browser: Browser, live_server: LiveServer
) -> None:
    room = a_classroom(a_quiz(a_word()))
    context = in_front_of(room, browser, live_server)
    page = context.new_page()
    page.goto(lesson(room))
    context.set_offline(True)
    page.get_by_label("Which word?").fill("while, as I thought in the tunnel")
    expect(page.locator("[data-saved]")).to_have_text("…")
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(lesson(room))

    expect(again.get_by_label("Which word?")).to_have_value("while, as I thought in the tunnel")
    expect(again.locator("[data-saved]")).to_contain_text("Saved")
    assert room.sees().parts[0].value == "while, as I thought in the tunnel"


def test_a_quiz_is_answered_by_keyboard_alone_and_a_double_click_counts_once(
    browser: Browser, live_server: LiveServer
) -> None:
    room = a_classroom()
    page = in_front_of(room, browser, live_server).new_page()
    page.goto(lesson(room))
    page.get_by_label("Move it").focus()

    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Check answer").dblclick()

    expect(page.locator("[data-result]")).to_contain_text("1 of 1 points")
    assert [attempt.answers for attempt in Attempt.objects.all()] == [{"p": ["b"]}]
