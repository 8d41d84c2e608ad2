import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner, staff_of
from stoa.catalogue.actions import adopt, move_run
from stoa.courseware.actions import announce, complete_step, visit
from stoa.courseware.models import Enrolment
from stoa.courseware.tests.makers import NOON, a_document, a_run, an_enrolment, laid_out
from stoa.site.rules.greetings import PartOfDay, part_of_day, place_of
from stoa.site.tests.test_lessons import words

pytestmark = pytest.mark.django_db


def root(enrolment: Enrolment) -> str:
    return f"/courses/{enrolment.run.course.slug}/runs/{enrolment.run.code}/"


def page_of(client: Client, person: Person, address: str) -> str:
    client.force_login(person)
    return client.get(address).content.decode()


def test_my_learning_without_a_course_says_what_to_do(client: Client) -> None:
    text = words(page_of(client, a_learner(), "/my-learning/"))

    assert "Nothing here yet, and nothing missed" in text
    assert "Open the catalogue" in text


@pytest.mark.req("R103")
def test_resume_leads_to_the_exact_step(client: Client) -> None:
    ada = an_enrolment()
    for step in ("m1-s1", "m1-s2"):
        complete_step(enrolment=ada, step_id=step, at=NOON)
    visit(enrolment=ada, step_id="m1-s2", at=NOON)

    html = page_of(client, ada.person, "/my-learning/")

    assert re.findall(r'btn-main btn-big" href="([^"]+)"', html) == [f"{root(ada)}steps/m1-s3/"]
    assert "2 steps done here 4 to come, about 16 min" in words(html)


@pytest.mark.parametrize("runs", [1, 6])
def test_my_learning_takes_as_many_queries_for_one_run_as_for_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, runs: int
) -> None:
    ada = a_learner()
    for _ in range(runs):
        an_enrolment(person=ada)
    client.force_login(ada)
    client.get("/my-learning/")

    with django_assert_max_num_queries(6):
        text = words(client.get("/my-learning/").content.decode())

    assert ("Your other courses" in text) == (runs > 1)


def test_the_home_of_a_run_shows_news_and_the_way(client: Client) -> None:
    ada = an_enrolment()
    announce(run=ada.run, by=staff_of(ada.run.course.organisation), title="Office hour", text="Thursday.", at=NOON)

    text = words(page_of(client, ada.person, root(ada)))

    assert "Office hour" in text
    assert "You take the whole course." in text
    assert "0 of 3 steps done" in text


def test_the_home_tells_which_steps_changed_since_they_were_done(client: Client) -> None:
    document = a_document()
    ada = an_enrolment(run=a_run(document=document))
    complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    newer = replace(a_document(words="Read me again."), id=document.id)
    version = adopt(course=newer, organisation=ada.run.course.organisation, by=None, at=NOON)
    move_run(run=ada.run, version=laid_out(version, newer), at=NOON)

    text = words(page_of(client, ada.person, root(ada)))

    assert "1 step has changed since you did it Step m1-s1" in text


@pytest.mark.req("R117")
def test_progress_counts_the_chosen_modules_and_names_the_finished(client: Client) -> None:
    ada = an_enrolment(modules=["m2"])
    for step in ("m2-s1", "m2-s2", "m2-s3"):
        complete_step(enrolment=ada, step_id=step, at=NOON)

    text = words(page_of(client, ada.person, f"{root(ada)}progress/"))

    assert "Week 1 not among your modules 0 / 3" in text
    assert "Week 2 module done 3 / 3" in text


def test_visitors_see_what_is_in_a_run(client: Client) -> None:
    run = a_run()

    text = words(client.get(f"/courses/{run.course.slug}/runs/{run.code}/").content.decode())

    assert "You are visiting." in text
    assert "Week 1" in text


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_hour_has_a_greeting(at: datetime) -> None:
    assert part_of_day(at) in PartOfDay


@pytest.mark.parametrize(
    ("zone", "place"),
    [("Africa/Nairobi", "Nairobi"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)
def test_a_time_zone_is_called_by_its_city(zone: str, place: str) -> None:
    assert place_of(zone) == place
