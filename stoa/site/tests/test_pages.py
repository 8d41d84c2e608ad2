"""The pages that belong to no room: words, look, errors, covers, manifest."""

import gzip
import re

import pytest
from django.test import Client

from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.tests.makers import a_course
from stoa.site.rules.pages import PAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", [*PAGES, "styleguide", "look"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_words_answers_in_every_language(page: str, language: str) -> None:
    answer = Client(headers={"accept-language": language}).get(f"/{page}/")

    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text


def test_what_lies_nowhere_says_what_to_do() -> None:
    answer = Client().get("/courses/first-step-python/<b>")

    assert answer.status_code == 404
    assert "<code>/courses/first-step-python/&lt;b&gt;</code>" in answer.text


def test_a_misspelt_address_of_a_course_leads_to_it() -> None:
    a_course(id="first-steps-in-python", title="First Steps in Python")

    answers = [Client().get(f"/courses/{word}/").text for word in ("first-step-python", "pottery")]

    assert ['Probably you want <a href="/courses/first-steps-in-python/">' in answer for answer in answers] == [
        True,
        False,
    ]


def test_a_form_that_was_open_for_too_long_is_refused_kindly() -> None:
    answer = Client(enforce_csrf_checks=True).post("/look/", {"language": "en"})

    assert answer.status_code == 403
    assert "The page was open for too long" in answer.text


def test_a_visitor_chooses_language_and_look() -> None:
    client = Client()

    answer = client.post("/look/", {"language": "ar", "theme": "dark", "low_data": "on"}, follow=True)

    assert '<html lang="ar" dir="rtl" data-theme="dark">' in answer.text
    assert client.cookies["low_data"].value == "1"


def test_a_theme_that_does_not_exist_is_not_kept() -> None:
    answer = Client().post("/look/", {"language": "en", "theme": "pink"})

    assert answer.status_code == 422
    assert 'data-theme="pink"' not in answer.text


def test_a_chosen_theme_shows_one_picture_only() -> None:
    client = Client()
    client.cookies["theme"] = "dark"

    page = client.get("/styleguide/").text

    assert "first-steps-python-night.svg" in page
    assert "first-steps-python-day.svg" not in page


@pytest.mark.req("R121")
def test_the_manifest_makes_an_app() -> None:
    said = Client().get("/manifest.webmanifest").json()

    assert [said["short_name"], said["start_url"], said["display"]] == ["Stoa", "/my-learning/", "standalone"]
    assert [icon["purpose"] for icon in said["icons"]] == ["any", "maskable"]


def test_covers_are_small_and_kept_for_a_year() -> None:
    answer = Client(headers={"accept-encoding": "gzip"}).get("/covers/2/ecology/8/forest-edges-night.svg")

    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.content) < 1500
    assert gzip.decompress(answer.content).startswith(b"<svg")


def test_pages_are_compressed() -> None:
    answer = Client(headers={"accept-encoding": "gzip"}).get("/help/")

    assert answer["Content-Encoding"] == "gzip"


def test_compressed_pages_are_whole_and_of_varying_length() -> None:
    reader, plain = Client(headers={"accept-encoding": "gzip, br"}), Client()

    lengths = {len(reader.get("/manifest.webmanifest").content) for _ in range(12)}

    assert len(lengths) > 1
    assert gzip.decompress(reader.get("/manifest.webmanifest").content) == plain.get("/manifest.webmanifest").content


def test_every_page_says_what_a_browser_may_load() -> None:
    assert "default-src 'none';" in f"{Client().get('/help/')['Content-Security-Policy']};"


def test_the_menu_says_ones_own_words_as_they_were_typed() -> None:
    ada, bo = Client(), Client()
    ada.force_login(a_learner("Ada <b>@csrf@</b>", email="ada@post.example"))
    bo.force_login(a_learner("Bo"))

    assert "<b>Ada &lt;b&gt;@csrf@&lt;/b&gt;</b><br>" in ada.get("/help/").content.decode()
    assert "ada@post.example" in ada.get("/help/").content.decode()
    assert "ada@post.example" not in bo.get("/help/").content.decode()
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', bo.get("/help/").content.decode())
