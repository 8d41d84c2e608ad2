import re

import pytest
from django.test import Client

from stoa.accounts.models import Profile
from stoa.accounts.tests.makers import a_learner
from stoa.site.forms.profile import ProfileForm
from stoa.site.rules.countries import countries

pytestmark = pytest.mark.django_db
PAGE = "/account/about-you/"


@pytest.mark.req("R001", "R002", "R003", "R004", "R022", "R034")
def test_each_question_begins_with_not_saying_and_none_is_required(client: Client) -> None:
    client.force_login(a_learner())

    page = client.get(PAGE).content.decode()

    selects = re.findall(r"<select[^>]*>\s*<option value=\"\"[^>]*>([^<]+)", page)
    assert selects == ["I prefer not to say"] * 8
    assert " required" not in page.split('<form class="card"')[1].split("</form>")[0]
    assert client.post(PAGE, {}).status_code == 302


@pytest.mark.req("R001", "R022", "R034")
def test_what_was_said_is_shown_again_and_can_be_deleted(client: Client) -> None:
    ada = a_learner()
    client.force_login(ada)
    said = {"gender": "f", "year_of_birth": "1990", "country": "KE", "education": "b", "teaching": "now"}

    client.post(PAGE, {**said, "subject_taught": "Health", "status": "working", "motive": "career"})

    profile = Profile.objects.get()
    assert (profile.year_of_birth, profile.country, profile.subject_taught) == (1990, "KE", "Health")
    assert 'value="KE" selected' in client.get(PAGE).content.decode()
    client.post(f"{PAGE}removal/")
    assert not Profile.objects.exists()


def test_a_made_up_answer_is_refused_in_words(client: Client) -> None:
    client.force_login(a_learner())

    answer = client.post(PAGE, {"country": "Atlantis"})

    assert answer.status_code == 422
    assert not Profile.objects.exists()


@pytest.mark.req("R034")
def test_the_motives_are_the_four_kinds_of_learners_and_the_three_reasons() -> None:
    offered = [code for code, _ in Profile.Motive.choices]

    assert offered == ["career", "switch", "graduate", "hobby", "skills", "credential", "growth"]
    assert set(ProfileForm.base_fields) >= {"motive", "status"}


def test_countries_are_named_in_the_readers_language() -> None:
    assert dict(countries("en"))["KE"] == "Kenya"
    assert dict(countries("ar"))["KE"] == "كينيا"
    assert 240 < len(countries("en")) < 262
