"""Django's administration in Stoa's look, under the same strict policy as every page."""

from typing import Literal

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from stoa.accounts.tests.makers import an_administrator
from tests.journeys.checkers import picture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SEA = {"light": "rgb(11, 90, 112)", "dark": "rgb(20, 56, 68)"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_administration_pages_look_like_ours_and_break_no_policy(
    browser: Browser, live_server: LiveServer, scheme: Literal["light", "dark"]
) -> None:
    noor, client = an_administrator(), Client()
    client.force_login(noor)
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)

    for path in ("", "accounts/person/", f"accounts/person/{noor.pk}/change/", "mail/mail/", "catalogue/course/"):
        page.goto(f"/admin/{path}")
        style = "getComputedStyle(document.querySelector('#header'))"
        assert page.evaluate(f"{style}.backgroundColor") == SEA[scheme]
        assert page.evaluate(f"{style}.fontFamily").startswith("Atkinson")
    page.goto("/admin/accounts/person/")
    picture(page, f"administration-{scheme}")

    assert faults == []
    context.close()
