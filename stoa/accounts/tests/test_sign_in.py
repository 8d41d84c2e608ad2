"""Joining, signing in, resetting: the whole path, and what attackers try."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from django.core.cache import cache
from django.test import Client, RequestFactory

from stoa.accounts.adapters.sign_in import SignIn
from stoa.accounts.models import Person, Session
from stoa.accounts.tests.makers import PASSWORD, a_learner
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "a-new-sun-rises-8"
NEWCOMER = {"display_name": "Ada O.", "email": "Ada@post.example", "password1": PASSWORD, "time_zone": "Africa/Lagos"}


@pytest.fixture(autouse=True)
def _nothing_tried_yet() -> None:
    cache.clear()


def _sign_in(client: Client, email: str, password: str = PASSWORD, next_page: str = "") -> str:
    answer = client.post("/accounts/login/", {"login": email, "password": password, "next": next_page})
    return answer.headers.get("Location", "") or answer.content.decode()


def _code() -> str:
    found = re.search(r"^[B-Z]{4}-[B-Z]{4}$", Mail.objects.latest("pk").text, re.MULTILINE)
    assert found
    return found[0]


def _is_signed_in(client: Client) -> bool:
    return client.get("/account/facts.json").status_code == 200


@pytest.mark.req("R118")
def test_a_newcomer_joins_with_name_address_and_password_and_a_code() -> None:
    client = Client(headers={"accept-language": "ar"})

    client.post("/accounts/signup/", NEWCOMER)
    assert not _is_signed_in(client)
    answer = client.post("/accounts/confirm-email/", {"code": _code().lower().replace("-", " ")})

    ada = Person.objects.get()
    assert answer.headers["Location"] == "/my-learning/"
    assert (ada.email, ada.display_name, ada.time_zone, ada.language) == (
        "ada@post.example",
        "Ada O.",
        "Africa/Lagos",
        "ar",
    )
    assert _is_signed_in(client)
    assert list(Mail.objects.values_list("kind", "security", "person")) == [("email_confirmation_signup", True, ada.pk)]


@pytest.mark.req("R118", "R120")
def test_joining_asks_for_no_country_and_no_card(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()

    asked = re.findall(r'<(?:input|select)[^>]*name="([^"]+)"', page.partition("<h1")[2])
    assert asked == ["csrfmiddlewaretoken", "display_name", "email", "password1", "time_zone"]


def test_a_known_and_an_unknown_address_get_the_same_answers() -> None:
    a_learner(email="ada@post.example", password=PASSWORD)
    told = {}
    for email in ("ada@post.example", "bo@post.example"):
        pages = []
        for path, fields in (
            ("/accounts/signup/", {**NEWCOMER, "email": email}),
            ("/accounts/password/reset/", {"email": email}),
            ("/accounts/login/code/", {"email": email}),
            ("/accounts/login/", {"login": email, "password": "wrong password"}),
        ):
            client = Client()
            answer = client.post(path, fields, follow=True)
            words = re.sub(r'value="[^"]{30,}"', "", answer.content.decode()).replace(email, "THE ADDRESS")
            pages.append((answer.redirect_chain, answer.status_code, words))
        told[email] = pages

    assert told["ada@post.example"] == told["bo@post.example"]


def test_the_owner_of_an_address_is_told_and_a_stranger_gets_no_mail() -> None:
    a_learner(email="ada@post.example")
    Client().post("/accounts/signup/", NEWCOMER)
    Client().post("/accounts/password/reset/", {"email": "nobody@post.example"})
    Client().post("/accounts/login/code/", {"email": "nobody@post.example"})

    assert list(Mail.objects.values_list("to", "kind")) == [("ada@post.example", "account_already_exists")]
    assert "http://localhost:8000/accounts/login/" in Mail.objects.get().text


def test_five_wrong_passwords_and_even_the_right_one_must_wait(client: Client) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)

    for _ in range(5):
        assert "do not fit together" in _sign_in(client, "ada@post.example", "wrong password")

    assert "tried too often" in _sign_in(client, "ada@post.example")
    assert "tried too often" in _sign_in(client, "ADA@post.example ")


def test_who_is_kept_out_by_an_attacker_still_gets_in_with_a_code(client: Client) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)
    for _ in range(6):
        _sign_in(Client(REMOTE_ADDR="203.0.113.5"), "ada@post.example", "wrong password")

    client.post("/accounts/login/code/", {"email": "ada@post.example"})
    answer = client.post("/accounts/login/code/confirm/", {"code": _code()})

    assert answer.headers["Location"] == "/my-learning/"
    assert _is_signed_in(client)


def test_a_code_is_guessed_three_times_and_no_more(client: Client) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)
    client.post("/accounts/login/code/", {"email": "ada@post.example"})
    code = _code()

    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "BBBB-BBBB"})
    client.post("/accounts/login/code/confirm/", {"code": code})

    assert not _is_signed_in(client)


def test_a_code_opens_nothing_in_another_browser() -> None:
    a_learner(email="ada@post.example", password=PASSWORD)
    Client().post("/accounts/login/code/", {"email": "ada@post.example"})
    stranger = Client()
    stranger.post("/accounts/login/code/confirm/", {"code": _code()})

    assert not _is_signed_in(stranger)


def test_a_mailbox_is_not_flooded() -> None:
    a_learner(email="ada@post.example")

    for number in range(30):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/accounts/signup/", NEWCOMER)

    for _ in range(30):
        with context.request_context(RequestFactory().get("/")):
            SignIn().send_mail("account/email/login_code", "bo@post.example", {"code": "BBBB-BBBB"})

    assert [Mail.objects.filter(to=to).count() for to in ("ada@post.example", "bo@post.example")] == [1, 10]


def test_a_password_is_reset_with_a_code_and_other_sessions_end(client: Client) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)
    elsewhere = Client()
    _sign_in(elsewhere, "ada@post.example")
    assert _is_signed_in(elsewhere)

    client.post("/accounts/password/reset/", {"email": "ada@post.example"})
    client.post("/accounts/password/reset/confirm/", {"code": _code()})
    client.post("/accounts/password/reset/complete/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert _sign_in(Client(), "ada@post.example", NEW_PASSWORD) == "/my-learning/"
    assert not _is_signed_in(elsewhere)


@pytest.mark.parametrize(
    "next_page",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "\thttps://evil.example",
    ],
)
def test_one_is_never_sent_to_another_site(client: Client, next_page: str) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)

    assert _sign_in(client, "ada@post.example", next_page=next_page) == "/my-learning/"


def test_one_comes_back_to_where_one_was(client: Client) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)

    assert _sign_in(client, "ada@post.example", next_page="/courses/x/") == "/courses/x/"


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/logout/", "/preferences/"]
)
def test_a_form_from_elsewhere_does_nothing(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_learner(email="ada@post.example"))

    assert client.post(path, {"login": "ada@post.example", "password": PASSWORD}).status_code == 403
    assert _is_signed_in(client)


def test_a_session_gets_a_new_key_at_sign_in_and_ends_at_sign_out(client: Client) -> None:
    a_learner(email="ada@post.example", password=PASSWORD)
    session = client.session
    session["planted"] = True
    session.save()
    planted = client.cookies["sessionid"].value

    _sign_in(client, "ada@post.example")
    given = client.cookies["sessionid"].value
    kept = (client.cookies["sessionid"]["httponly"], client.cookies["sessionid"]["samesite"])
    client.post("/accounts/logout/")

    assert given != planted
    assert kept == (True, "Lax")
    assert not Session.objects.filter(session_key__in=[planted, given]).exists()
    assert not _is_signed_in(client)


def test_sign_out_by_a_link_asks_first(client: Client) -> None:
    client.force_login(a_learner())

    assert "<form" in client.get("/accounts/logout/").content.decode()
    assert _is_signed_in(client)


@pytest.mark.parametrize("email", ["m\u0131ke@post.example", "mi\u212ae@post.example", "mike@post.example\u200b"])
def test_a_look_alike_address_takes_nobodys_account(email: str) -> None:
    a_learner(email="mike@post.example", password=PASSWORD)

    for path in ("/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/"):
        Client().post(path, {**NEWCOMER, "email": email})

    assert not Mail.objects.exclude(to="mike@post.example").exists()
    assert Person.objects.count() == 1


@pytest.mark.parametrize("field", ["display_name", "email", "password1"])
@pytest.mark.parametrize("evil", ["x" * 200_000, "a\x00b", "\u202e\u200b", ""])
def test_monstrous_input_is_answered_in_words(client: Client, field: str, evil: str) -> None:
    answer = client.post("/accounts/signup/", {**NEWCOMER, field: evil})

    assert answer.status_code in {200, 302}
    assert Person.objects.count() == (1 if answer.status_code == 302 else 0)
    assert "Traceback" not in answer.content.decode()


def test_a_made_up_host_appears_in_no_mail(client: Client) -> None:
    a_learner(email="ada@post.example")

    refused = client.post("/accounts/signup/", NEWCOMER, HTTP_HOST="evil.example")
    client.post("/accounts/signup/", NEWCOMER, HTTP_X_FORWARDED_HOST="evil.example")

    assert refused.status_code == 400
    assert "evil" not in Mail.objects.get().text + Mail.objects.get().html


def test_a_mail_carries_no_words_of_a_stranger(client: Client) -> None:
    client.post("/accounts/signup/", {**NEWCOMER, "display_name": "WIN at evil.example"})

    mail = Mail.objects.get()
    assert "evil" not in mail.subject + mail.text + mail.html


@pytest.mark.parametrize("weak", ["short", "1234567890", "password12", "ada@post.example"])
def test_a_weak_password_is_refused_with_the_reason(client: Client, weak: str) -> None:
    page = client.post("/accounts/signup/", {**NEWCOMER, "password1": weak}).content.decode()

    assert 'class="error"' in page
    assert not Person.objects.exists()


def test_an_unverified_address_opens_nothing(client: Client) -> None:
    a_learner(email="ada@post.example", password=PASSWORD, verified=False)

    assert _sign_in(client, "ada@post.example") == "/accounts/confirm-email/"
    assert not _is_signed_in(client)
    client.post("/accounts/confirm-email/", {"code": _code()})
    assert EmailAddress.objects.get().verified


def test_an_account_without_leave_to_sign_in_stays_out(client: Client) -> None:
    ada = a_learner(email="ada@post.example", password=PASSWORD)
    ada.is_active = False
    ada.save()

    _sign_in(client, "ada@post.example")

    assert not _is_signed_in(client)


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/2fa/webauthn/add/", "/account/deletion/"])
def test_a_stolen_session_changes_no_way_in(client: Client, path: str) -> None:
    client.force_login(a_learner(email="ada@post.example", password=PASSWORD))

    answer = client.post(path, {"email": "thief@post.example", "action_add": "", "address": "ada@post.example"})

    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["ada@post.example"]
