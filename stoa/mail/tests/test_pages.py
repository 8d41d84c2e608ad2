"""Stopping mails with one press, and the inbox of a site without a mail server."""

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from stoa.mail import queries
from stoa.mail.models import Suppression
from stoa.mail.tests.makers import a_mail

pytestmark = pytest.mark.django_db


def _link(kind: str = "announcement") -> str:
    return queries.unsubscribe_address("ada@post.example", kind).removeprefix("http://localhost:8000")


def _stopped() -> list[tuple[str, str]]:
    return list(Suppression.objects.values_list("address", "kind"))


def test_looking_at_the_link_changes_nothing(client: Client) -> None:
    page = client.get(_link())

    assert "Stop these mails?" in page.content.decode()
    assert page["Cache-Control"].count("no-store") == 1
    assert _stopped() == []


def test_a_mail_program_stops_the_mails_with_one_post_and_no_cookie() -> None:
    client = Client(enforce_csrf_checks=True)

    for _ in range(2):
        answer = client.post(_link(), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert _stopped() == [("ada@post.example", "announcement")]


def test_a_mistake_is_undone(client: Client) -> None:
    client.post(_link())
    client.post(reverse("subscription", args=[_link().split("/")[-2]]))

    assert _stopped() == []


@pytest.mark.parametrize("broken", ["x", "WyJhQHBvc3QuZXhhbXBsZSIsImsiXQ:1abc:forged"])
def test_a_forged_link_leads_nowhere(client: Client, broken: str) -> None:
    assert client.post(reverse("unsubscription", args=[broken])).status_code == 404
    assert _stopped() == []


@pytest.fixture
def local(settings: LazySettings) -> Client:
    """A browser on the machine of a site that answers to localhost only."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    return Client(headers={"host": "localhost"})


def test_who_sits_at_the_machine_sees_the_mails_but_none_that_opens_the_administration(local: Client) -> None:
    get_user_model().objects.create_superuser("noor@post.example", display_name="Noor")
    a_mail("ada@post.example", security=True, text="Ada's code")
    a_mail("noor@post.example", security=True, text="Noor's code")

    page = local.get("/inbox/").content.decode()

    assert ("Ada&#x27;s code" in page, "Noor&#x27;s code" in page) == (True, False)


def test_the_administrator_sees_all_mails(client: Client) -> None:
    noor = get_user_model().objects.create_superuser("noor@post.example", display_name="Noor")
    a_mail("noor@post.example", security=True, text="Noor's code")
    client.force_login(noor)

    page = client.get("/inbox/", REMOTE_ADDR="203.0.113.9").content.decode()

    assert "Noor&#x27;s code" in page


@pytest.mark.parametrize(
    "visit",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_nobody_from_elsewhere_sees_the_inbox(local: Client, visit: dict[str, str]) -> None:
    a_mail()

    local.defaults.update(visit)

    assert local.get("/inbox/").status_code == 404


def test_there_is_no_inbox_on_a_named_host_or_with_a_mail_server(client: Client, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "stoa.example"]
    assert client.get("/inbox/", HTTP_HOST="localhost").status_code == 404

    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    settings.SMTP_URL = "smtps://mail.example.org"
    client.force_login(get_user_model().objects.create_superuser("noor@post.example", display_name="Noor"))
    assert client.get("/inbox/").status_code == 404


def test_staff_without_the_whole_site_see_no_inbox(local: Client) -> None:
    local.force_login(get_user_model().objects.create_user("bo@post.example", display_name="Bo", is_staff=True))

    assert local.get("/inbox/", REMOTE_ADDR="203.0.113.9").status_code == 404
