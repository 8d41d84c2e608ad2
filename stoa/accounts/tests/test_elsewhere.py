"""Signing in with an account from elsewhere, at a real OpenID provider on loopback."""

import time
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import PASSWORD, a_learner
from stoa.accounts.tests.openid import CLIENT, SECRET, STRANGERS_KEY, Provider, provider
from stoa.mail.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.req("R120")]
ADA = {"sub": "ada-1", "name": "Ada Okafor", "email": "Ada@post.example", "email_verified": True}
BACK = "/accounts/oidc/elsewhere/login/callback/"


@pytest.fixture
def site(settings: LazySettings) -> Iterator[Provider]:
    cache.clear()
    with provider() as there:
        app = {"provider_id": "elsewhere", "name": "University", "client_id": CLIENT, "secret": SECRET}
        apps = [{**app, "settings": {"server_url": there.address}}]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
        there.person = dict(ADA)
        yield there


def leave(client: Client) -> str:
    """Where the browser is sent."""
    return client.post("/accounts/oidc/elsewhere/login/?process=login").headers["Location"]


def come_back(client: Client, there: Provider) -> str:
    """Where the browser ends after signing in there."""
    return client.get(BACK, there.allow(leave(client))).headers.get("Location", "")


def is_signed_in(client: Client) -> bool:
    return client.get("/account/facts.json").status_code == 200


def test_a_newcomer_joins_without_a_password_or_a_code(client: Client, site: Provider) -> None:
    assert come_back(client, site) == "/my-learning/"

    ada = Person.objects.get()
    assert (ada.email, ada.display_name, ada.has_usable_password()) == ("ada@post.example", "Ada Okafor", False)
    assert is_signed_in(client)


def test_somebody_known_comes_back_as_the_same_person(site: Provider) -> None:
    come_back(Client(), site)
    site.person = {**ADA, "name": "Another name", "email": "new@post.example"}
    again = Client()

    assert come_back(again, site) == "/my-learning/"
    assert list(Person.objects.values_list("email", "display_name")) == [("ada@post.example", "Ada Okafor")]
    assert is_signed_in(again)


def test_an_address_that_nobody_verified_there_is_verified_here_first(client: Client, site: Provider) -> None:
    site.person["email_verified"] = False

    assert come_back(client, site) == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    assert list(Mail.objects.values_list("to", "kind")) == [("ada@post.example", "email_confirmation_signup")]


def test_nobody_takes_an_account_by_claiming_its_address_elsewhere(client: Client, site: Provider) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)

    come_back(client, site)

    assert not is_signed_in(client)
    assert Person.objects.count() == 1
    assert EmailAddress.objects.count() == 1


FAULTS: list[dict[str, object]] = [
    {"aud": "another-site"},
    {"iss": "https://evil.example"},
    {"nonce": "somebody-elses"},
    {"nonce": ""},
    {"exp": int(time.time()) - 3600},
]


@pytest.mark.parametrize("claims", FAULTS, ids=["aud", "iss", "nonce", "no-nonce", "exp"])
def test_a_token_that_is_not_meant_for_this_browser_opens_nothing(
    client: Client, site: Provider, claims: dict[str, object]
) -> None:
    site.claims = claims

    come_back(client, site)

    assert not is_signed_in(client)
    assert not Person.objects.exists()


def test_a_token_that_somebody_else_signed_opens_nothing(client: Client, site: Provider) -> None:
    site.key = STRANGERS_KEY

    come_back(client, site)

    assert not is_signed_in(client)
    assert not Person.objects.exists()


def test_an_answer_without_a_token_opens_nothing(client: Client, site: Provider) -> None:
    site.with_token = False

    come_back(client, site)

    assert not is_signed_in(client)


def test_an_answer_planted_in_another_browser_opens_nothing(client: Client, site: Provider) -> None:
    answer = site.allow(leave(Client()))

    client.get(BACK, answer)

    assert not is_signed_in(client)
    assert not Person.objects.exists()


def test_a_code_without_this_browsers_proof_opens_nothing(client: Client, site: Provider) -> None:
    mine = site.allow(leave(client))
    site.allow(leave(Client()))

    client.get(BACK, mine)

    assert not is_signed_in(client)


def test_an_answer_counts_once(client: Client, site: Provider) -> None:
    answer = site.allow(leave(client))
    client.get(BACK, answer)
    client.post("/accounts/logout/")

    client.get(BACK, answer)

    assert not is_signed_in(client)


def test_leaving_to_sign_in_takes_a_press_and_an_unknown_site_leads_nowhere(client: Client, site: Provider) -> None:
    asked = client.get("/accounts/oidc/elsewhere/login/")

    assert (asked.status_code, "<form" in asked.content.decode()) == (200, True)
    assert client.post("/accounts/oidc/nowhere/login/").status_code == 404
