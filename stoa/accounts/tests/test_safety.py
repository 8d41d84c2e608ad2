"""Joining and resetting: what is kept together, and what counts once."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import PASSWORD, a_learner
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "a-new-sun-rises-8"
NEWCOMER = {"display_name": "Ada O.", "email": "ada@post.example", "password1": PASSWORD, "time_zone": "UTC"}


@pytest.fixture(autouse=True)
def _nothing_tried_yet() -> None:
    cache.clear()


def _code() -> str:
    found = re.search(r"^[B-Z]{4}-[B-Z]{4}$", Mail.objects.latest("pk").text, re.MULTILINE)
    assert found
    return found[0]


def test_an_account_and_the_mail_with_its_code_are_kept_together_or_not_at_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table mail_mail add constraint no_mail_today check (kind <> 'email_confirmation_signup')")

    answer = Client(raise_request_exception=False).post("/accounts/signup/", NEWCOMER)

    assert answer.status_code == 500
    assert not Person.objects.exists()
    assert not EmailAddress.objects.exists()


def test_a_code_for_a_new_password_works_once() -> None:
    a_learner(email="ada@post.example", password=PASSWORD)
    owner = Client()
    owner.post("/accounts/password/reset/", {"email": "ada@post.example"})
    code = _code()
    owner.post("/accounts/password/reset/confirm/", {"code": code})
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    owner.post("/accounts/password/reset/complete/", new)

    for browser in (owner, Client()):
        browser.post("/accounts/password/reset/confirm/", {"code": code})
        evil = {"password1": "the-thief-was-here-9", "password2": "the-thief-was-here-9"}
        browser.post("/accounts/password/reset/complete/", evil)

    assert Person.objects.get().check_password(NEW_PASSWORD)
