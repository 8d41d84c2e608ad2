import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from stoa.accounts.tests.makers import a_learner, an_administrator, an_organisation
from stoa.authoring import actions
from stoa.authoring.tests.makers import MONDAY, a_published_run, a_published_version
from stoa.catalogue import actions as catalogue
from stoa.catalogue.models import Run
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.model import Assignment, Lesson, Module, Page, Step, Text
from stoa.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def home(run: Run) -> str:
    return f"/courses/{run.course.slug}/"


@pytest.mark.req("R064")
def test_visitors_see_the_syllabus_and_open_a_sample(client: Client) -> None:
    run = a_published_run()

    html = page(client, home(run))

    assert re.findall(r"<summary>.*?<bdi>([^<]+)</bdi>", html, re.DOTALL) == ["Values and names", "Your own small tool"]
    assert "MOOC video: What a program is" not in html
    (sample,) = set(re.findall(r'href="([^"]+/steps/hello/)"', html))
    assert "A <em>value</em> is a thing." in page(client, sample)


@pytest.mark.req("R118", "R120", "R105")
def test_enrolling_is_one_click_and_asks_for_nothing(client: Client) -> None:
    run = a_published_run()
    client.force_login(a_learner())
    html = page(client, home(run))
    (form,) = re.findall(r'<form method="post" action="([^"]+/enrolment/)">(.*?)</form>', html)

    answer = client.post(form[0])

    assert re.findall(r'name="(\w+)"', form[1]) == ["csrfmiddlewaretoken"]
    assert answer.status_code == 302
    html = page(client, home(run))
    assert "Continue" in html
    assert f"{home(run)}runs/{run.code}/enrolment/withdrawal/" in html
    assert "/steps/hand-in/" in html


def test_facts_that_nobody_has_measured_say_so(client: Client) -> None:
    html = page(client, home(a_published_run()))

    figures = re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", html)
    assert [(name, re.sub(r"<[^>]+>", "", figure)) for name, figure in figures] == [
        ("Hours a week", "no data yet"),
        ("Earned the credential", "no data yet"),
        ("Wait for a peer review", "no data yet"),
        ("First answer in the peer forum", "no data yet"),
        ("Problems reported", "0"),
        ("Last full check", "no data yet"),
    ]


@pytest.mark.req("R067")
def test_prerequisites_take_the_beginner_label_away(client: Client) -> None:
    free, asking = a_published_run(), a_published_run(document=a_document(prerequisites=("Algebra",)))

    assert "Beginner" in page(client, home(free))
    html = page(client, home(asking))
    assert "Beginner" not in html
    assert "You need: Algebra" in html


@pytest.mark.req("R147")
def test_the_pages_of_an_old_run_stay_after_three_later_ones(client: Client) -> None:
    run = a_published_run(code="first")
    Run.objects.filter(pk=run.pk).update(starts_at=now() - timedelta(900), ends_at=now() - timedelta(800))
    old = f"{home(run)}runs/first/steps/hello/"
    for n in range(3):
        start = now() - timedelta(100 * (3 - n))
        catalogue.open_run(version=run.version, code=f"later-{n}", starts_at=start)

    assert "A <em>value</em> is a thing." in page(client, old)
    assert '/runs/first/">Archive' in page(client, home(run))


def test_a_link_to_a_step_leads_into_the_run_of_the_reader(client: Client) -> None:
    run = a_published_run()

    answer = client.get(f"{home(run)}steps/hello/")

    assert answer["Location"] == f"{home(run)}runs/{run.code}/steps/hello/"


def test_a_hidden_assignment_leads_to_no_page_that_its_team_does_not_find(client: Client) -> None:
    steps = tuple(
        Step(id=id_, title=id_, items=(Assignment(id=f"{id_}-work", title=id_),), hidden=id_ == "kept-back")
        for id_ in ("kept-back", "shown")
    )
    lesson = Lesson(id="l", title="L", steps=steps)
    run = a_published_run(document=a_document(modules=(Module(id="m", title="M", lessons=(lesson,)),)))
    client.force_login(an_administrator())

    shown, kept_back = (page(client, f"{home(run)}runs/{run.code}/steps/{step}/") for step in ("shown", "kept-back"))

    assert 'id="item-kept-back-work"' in kept_back
    assert "/assignments/kept-back-work/" not in kept_back
    assert "/assignments/shown-work/" in shown


def test_pages_beside_the_lessons_are_shown(client: Client) -> None:
    words = Page(id="glossary", title="Glossary", text=Text(source="See [hello](step:hello)."))
    hidden = Page(id="keys", title="Keys", text=Text(source="Secret."), hidden=True)
    run = a_published_run(document=a_document(pages=(words, hidden)))

    assert f'href="{home(run)}steps/hello/"' in page(client, f"{home(run)}pages/glossary/")
    assert client.get(f"{home(run)}pages/keys/").status_code == 404


def test_a_course_without_a_run_is_seen_by_its_team_alone(client: Client) -> None:
    version, teacher = a_published_version(), a_learner()
    catalogue.teach(course=version.course, person=teacher)
    address = f"/courses/{version.course.slug}/"

    assert client.get(address).status_code == 404
    client.force_login(teacher)
    assert "No run is open." in page(client, address)


def test_what_changed_is_on_the_page_once_the_run_has_moved(client: Client) -> None:
    school, document = an_organisation(), a_document()
    first = a_published_version(organisation=school, document=document)
    run = actions.offer(version=first, code="1", at=MONDAY).run
    second = a_published_version(organisation=school, document=replace(document, outcomes=("Swim",)))

    assert "<span>Swim</span>" not in page(client, home(run))
    actions.offer(version=second, code=run.code, at=MONDAY)
    assert "<span>Swim</span>" in page(client, home(run))


@pytest.mark.parametrize("number", [1, 3])
def test_many_runs_cost_no_more_than_one(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = a_published_run()
    for n in range(number):
        catalogue.open_run(version=run.version, code=f"more-{n}")
    client.force_login(a_learner())
    page(client, home(run))

    with django_assert_num_queries(7):
        page(client, home(run))
