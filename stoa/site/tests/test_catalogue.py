import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stoa.accounts.actions import TooOften, spend
from stoa.accounts.tests.makers import a_learner, an_organisation
from stoa.catalogue.tests.makers import a_course
from stoa.courseware.actions import complete_step
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment
from stoa.kernel.clock import now
from stoa.site.queries.catalogue_page import activity
from stoa.site.views.catalogue import SEARCHING

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/catalogue/", **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/courses/[^"]+"><bdi>([^<]+)</bdi></a></h3>', html)


def test_everyone_sees_the_courses_on_offer(client: Client) -> None:
    a_course(title="Arabic for Neighbours")

    assert titles(page(client, "/")) == ["Arabic for Neighbours"]


@pytest.mark.req("R010", "R120")
def test_every_card_says_how_long_it_takes_and_what_it_costs(client: Client) -> None:
    a_course(weeks=6, hours_a_week=5)

    html = page(client)

    assert "6 weeks · 5 h a week stated" in html
    assert "<b>Free</b>" in html


def test_a_filter_is_a_link_that_narrows(client: Client) -> None:
    a_course(title="Python")
    a_course(title="Primeros pasos", language="es")
    (link,) = set(re.findall(r'href="([^"]+)"[^>]*>Español', page(client)))

    assert titles(page(client, link)) == ["Primeros pasos"]


def test_htmx_gets_the_results_alone(client: Client) -> None:
    a_course()

    assert page(client, "/catalogue/?q=python", **{"HX-Request": "true"}).lstrip().startswith('<div class="catalogue"')


def test_nothing_found_says_what_to_do(client: Client) -> None:
    a_course()

    assert '<a class="link" href="/catalogue/?q=python">python</a>' in page(client, "/catalogue/?q=pyhton")
    assert "Clear the filters" in page(client, "/catalogue/?language=de")
    assert "/wishes/?words=woodwork" in page(client, "/catalogue/?q=woodwork")


@pytest.mark.parametrize(
    "address", ["?q=%00", "?q='\"\\", "?page=99999", "?page=-1", "?language=<b>", "?order=x", "?q=" + "a " * 300]
)
def test_odd_addresses_are_answered(client: Client, address: str) -> None:
    a_course()

    page(client, f"/catalogue/{address}")


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_for_one_course_and_many(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    school = an_organisation()
    for _ in range(number):
        a_course(organisation=school)
    client.force_login(a_learner())
    page(client, "/catalogue/")  # what everybody does is counted once in ten minutes

    with django_assert_num_queries(7):
        page(client, "/catalogue/?q=python")


def test_the_catalogue_says_what_learners_did_this_week() -> None:
    run = a_run()
    for at in (NOON, NOON - timedelta(days=8)):
        complete_step(enrolment=an_enrolment(run=run), step_id="m1-s1", at=at)
    activity.cache_clear()

    assert activity(round(NOON.timestamp()) // 600) == (2, 1, 0)


@pytest.mark.req("R098")
def test_an_organisation_shows_its_courses_only(client: Client) -> None:
    harbour, lake = an_organisation("Harbour School"), an_organisation("Lake School")
    a_course(organisation=harbour, title="Boats")
    a_course(organisation=lake, title="Fish")

    assert titles(page(client, f"/organisations/{harbour.slug}/")) == ["Boats"]


@pytest.mark.req("R100")
def test_a_wish_is_counted_once_a_person(client: Client) -> None:
    for words in ("Statistics for nurses", "nurses for statistics"):
        client.force_login(a_learner())
        for _ in range(2):
            client.post("/wishes/", {"words": words})

    assert re.search(r"Statistics for nurses\s*<small class=\"muted\">2 people", page(client, "/wishes/"))


def test_a_wish_can_be_taken_back(client: Client) -> None:
    client.force_login(a_learner())
    client.post("/wishes/", {"words": "Woodwork"})
    (address,) = re.findall(r'action="(/wishes/\d+/withdrawal/)"', page(client, "/wishes/"))

    client.post(address)

    assert "Woodwork" not in page(client, "/wishes/")


def test_a_wish_without_words_is_sent_back_with_a_reason(client: Client) -> None:
    client.force_login(a_learner())

    response = client.post("/wishes/", {"words": "?!"})

    assert "with at least one word" in response.content.decode()


def test_searching_without_end_is_slowed_and_says_how_long(client: Client) -> None:
    assert client.get("/catalogue/", {"q": "python"}).status_code == 200

    with suppress(TooOften):
        for _ in range(2 * SEARCHING.burst):
            spend(limit=SEARCHING, key="at-127.0.0.1", at=now())

    slowed = client.get("/catalogue/", {"q": "python"})
    assert slowed.status_code == 429
    assert int(slowed["Retry-After"]) >= 1
    assert "Wait a little and try again." in slowed.content.decode()
    assert client.get("/catalogue/").status_code == 200
