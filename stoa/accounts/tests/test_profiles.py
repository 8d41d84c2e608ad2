import re
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.actions import (
    Said,
    ask_guardian,
    change_profile,
    delete_account,
    forget_profile,
    say_whether_one_teaches,
)
from stoa.accounts.events import ProfileChanged
from stoa.accounts.models import Guardianship, Person, Profile
from stoa.accounts.queries import facts_of, guardianship_of, may_post
from stoa.accounts.rules.ages import needs_guardian
from stoa.accounts.tests.makers import MONDAY, a_learner
from stoa.kernel.bus import when
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db
HEARD: list[ProfileChanged] = []
WHOLE = Said(
    gender="o",
    gender_words="a river",
    year_of_birth=1990,
    country="KE",
    education="m",
    teaching="was",
    subject_taught="Health",
    status="retired",
    motive="hobby",
)


@when(ProfileChanged)
def hear(fact: ProfileChanged) -> None:
    HEARD.append(fact)


@pytest.fixture(autouse=True)
def silence() -> None:
    HEARD.clear()


def a_child(name: str = "Kit") -> Person:
    child = a_learner(name)
    change_profile(person=child, said=Said(year_of_birth=2016), at=MONDAY)
    return child


def link_in(mail: Mail) -> str:
    found = re.search(r"/guardians/\S+", mail.text)
    assert found
    return found[0]


@pytest.mark.req("R001", "R003", "R004")
def test_what_somebody_says_is_told_to_the_log_field_by_field() -> None:
    ada = a_learner()

    change_profile(person=ada, said=WHOLE, at=MONDAY)

    assert {fact.setting: fact.new for fact in HEARD} == {
        "gender": "o",
        "year_of_birth": 1990,
        "country": "KE",
        "level_of_education": "m",
        "teacher": "was",
        "subject_taught": "Health",
        "status": "retired",
        "motive": "hobby",
    }
    told = HEARD[0].tracked()
    assert (told.event_type, told.username) == ("edx.user.settings.changed", ada.username)
    assert dict(told.event) == {
        "setting": "gender",
        "old": None,
        "new": "o",
        "truncated": [],
        "table": "auth_userprofile",
        "user_id": ada.pk,
    }
    assert facts_of(ada).profile["gender_words"] == "a river"


@pytest.mark.req("R001")
def test_only_what_changed_is_told_and_silence_is_told_as_nothing() -> None:
    ada = a_learner()
    change_profile(person=ada, said=WHOLE, at=MONDAY)
    HEARD.clear()

    change_profile(person=ada, said=Said(**{**vars(WHOLE), "country": "", "status": "working"}), at=MONDAY)

    assert [(fact.setting, fact.new) for fact in HEARD] == [("country", None), ("status", "working")]


def test_deleting_all_of_it_takes_all_of_it_back() -> None:
    ada = a_learner()
    change_profile(person=ada, said=Said(gender="f", motive="skills"), at=MONDAY)
    HEARD.clear()

    forget_profile(person=ada)
    forget_profile(person=ada)

    assert [(fact.setting, fact.new) for fact in HEARD] == [("gender", None), ("motive", None)]
    assert not Profile.objects.exists()


@pytest.mark.req("R004")
def test_a_subject_is_kept_for_those_who_teach_only() -> None:
    ada = a_learner()
    change_profile(person=ada, said=Said(teaching="never", subject_taught="Health"), at=MONDAY)
    assert Profile.objects.get().subject_taught == ""

    say_whether_one_teaches(person=ada, teaching="now", at=MONDAY)
    assert Profile.objects.get().teaching == "now"


@pytest.mark.req("R002")
@given(born=st.integers(1900, 2026), age=st.integers(10, 18))
def test_whoever_may_be_younger_needs_a_guardian(born: int, age: int) -> None:
    needs = needs_guardian(year_of_birth=born, today=date(2026, 11, 29), age=age)

    youngest = 2026 - born - 1
    assert needs is (youngest < age)


@pytest.mark.req("R002")
def test_a_child_learns_everything_and_posts_nothing_before_a_guardian_agrees(client: Client) -> None:
    child = a_child()
    assert not may_post(child)

    ask_guardian(person=child, address="Parent@Home.example", at=MONDAY)
    mail = Mail.objects.get(kind="guardian")
    page = client.get(link_in(mail)).content.decode()
    assert mail.to == "parent@home.example"
    assert "May Kit write where others read?" in page
    assert not may_post(child)

    client.post(link_in(mail), {"answer": "yes"})
    assert may_post(child)
    assert client.get(link_in(mail)).status_code == 410


@pytest.mark.req("R002")
def test_a_guardian_may_say_no_and_a_link_is_good_for_one_answer(client: Client) -> None:
    child = a_child()
    ask_guardian(person=child, address="parent@home.example", at=MONDAY)
    link = link_in(Mail.objects.get(kind="guardian"))

    client.post(link, {"answer": "no"})
    late = client.post(link, {"answer": "yes"})

    assert late.status_code == 410
    asked = guardianship_of(child)
    assert asked is not None
    assert (asked.agreed_at, asked.refused_at is None, may_post(child)) == (None, False, False)


@pytest.mark.req("R002")
def test_a_child_asks_on_the_page_and_not_their_own_address(client: Client) -> None:
    child = a_child()
    client.force_login(child)

    own = client.post("/account/guardian/", {"address": child.email}, follow=True).content.decode()
    fine = client.post("/account/guardian/", {"address": "parent@home.example"}, follow=True).content.decode()

    assert "This is your own address" in own
    assert "We wrote to parent@home.example" in fine
    assert Mail.objects.filter(kind="guardian").count() == 1


@pytest.mark.req("R002")
def test_saying_nothing_frees_no_child_but_a_year_that_was_mistyped_can_be_put_right() -> None:
    child = a_child()

    change_profile(person=child, said=Said(), at=MONDAY)
    assert not may_post(child)

    change_profile(person=child, said=Said(year_of_birth=1986), at=MONDAY + timedelta(days=1))
    assert may_post(child)
    assert not Guardianship.objects.exists()


def test_the_profile_goes_with_the_account() -> None:
    child = a_child()
    delete_account(person=child, at=MONDAY)
    assert (Profile.objects.count(), Guardianship.objects.count()) == (0, 0)
