"""Joining with a code and no script, then a passkey instead of a password, in a real browser."""

from collections.abc import Iterator
from typing import Literal

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from stoa.accounts.tests.makers import PASSWORD, a_learner
from tests.journeys.checkers import axe_faults

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = ViewportSize(width=360, height=740)


@pytest.fixture(name="browser")
def prepared_browser(browser: Browser, settings: LazySettings) -> Iterator[Browser]:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    cache.clear()
    yield browser
    # A thread of the live server may still hold the database that is about to be dropped.
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.mark.req("R118")
def test_a_newcomer_without_script_joins_by_a_code_that_the_inbox_shows(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/signup/")
    page.get_by_label("Display name").fill("Lila")
    page.get_by_label("E-mail address").fill("lila@post.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()

    code = _newest_code(context, live_server)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()

    page.goto(f"{live_server.url}/preferences/")
    assert page.get_by_label("Display name").input_value() == "Lila"
    context.close()


def test_a_passkey_signs_in_alone(browser: Browser, live_server: LiveServer) -> None:
    a_learner("Amara Obi", email="amara@post.example", password=PASSWORD)
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    _plug_in_an_authenticator(context, page)

    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.get_by_label("E-mail address").fill("amara@post.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{live_server.url}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/login/?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live_server.url}/account/")

    assert page.get_by_role("heading", level=1).inner_text() == "Your data"
    assert faults == []
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_signing_in(
    browser: Browser, live_server: LiveServer, language: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport=PHONE, locale=language, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in ("login/", "signup/", "password/reset/", "login/code/"):
        page.goto(f"{live_server.url}/accounts/{path}")
        found[path] = axe_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("textbox").last.fill("nobody@post.example")
    page.locator("main button").first.click()
    found["code"] = axe_faults(page)
    for path in ("inbox/", "preferences/"):
        page.goto(f"{live_server.url}/{path}")
        found[path] = axe_faults(page)

    assert {path: faults for path, faults in found.items() if faults} == {}
    context.close()


def _newest_code(context: BrowserContext, live_server: LiveServer) -> str:
    inbox = context.new_page()
    inbox.goto(f"{live_server.url}/inbox/")
    return inbox.locator("summary b").first.inner_text().rpartition(" ")[2]


def _plug_in_an_authenticator(context: BrowserContext, page: Page) -> None:
    protocol = context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
