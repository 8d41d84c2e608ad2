"""The board of one course: its runs, its own whole, and nothing about few people."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client

from stoa.accounts.tests.makers import an_organisation
from stoa.catalogue.actions import open_run
from stoa.catalogue.models import Run
from stoa.catalogue.tests.makers import a_run
from stoa.courseware.queries import course_key
from stoa.insights.engine.reading.addresses import asked
from stoa.insights.queries import figures
from stoa.insights.tests.answering import answering
from stoa.insights.tests.crowds import a_warehouse, registrations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """A course with two runs that many are in, beside a course elsewhere; one more run has nobody."""
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
    monkeypatch.setattr(figures, "_kept", {})
    run = a_run(code="one", organisation=an_organisation())
    second = open_run(version=run.version, code="two", starts_at=None, ends_at=None, self_paced=True)
    open_run(version=run.version, code="three", starts_at=None, ends_at=None, self_paced=True)
    rows = [
        *registrations(40, course_id=key_of(run), run="one", gender="f", viewed=True, status="viewed"),
        *registrations(30, course_id=key_of(run), run="one", gender="m"),
        *registrations(25, course_id=key_of(second), run="two", gender="f"),
        *registrations(35, course_id=key_of(second), run="two", gender="m"),
        *registrations(300, gender="m"),
    ]
    with answering(a_warehouse(tmp_path / "w", rows)):
        yield run


def key_of(run: Run) -> str:
    """The run as the event log names it."""
    course = run.course
    return course_key(organisation=course.organisation.slug, course=course.code, run=run.code)


def page_of(client: Client, address: str) -> str:
    """The page's text, lines joined."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def board_of(run: Run) -> str:
    """Where the board of the run's course stands."""
    return f"/courses/{run.course.slug}/insights/"


@pytest.mark.req("R086", "R087")
def test_everybody_sees_the_runs_of_a_course_as_one_whole(client: Client, first: Run) -> None:
    page = page_of(client, board_of(first))

    assert f"Insights of {first.course.title}" in page
    assert "130 registered" in page
    assert "31 % · 40 of 130 registered" in page
    assert "430 registered" not in page
    assert "Organisations" not in page


@pytest.mark.req("R086")
def test_one_run_and_a_bar_are_chosen_together_and_stay_in_every_address(client: Client, first: Run) -> None:
    page = page_of(client, f"{board_of(first)}?run=two&gender=f")

    assert "25 of 60 registered" in page
    assert f"{board_of(first)}figures/gender/?run=two&amp;gender=f" in page
    rows = list(csv.DictReader(StringIO(client.get(f"{board_of(first)}figures/gender.csv?run=two").content.decode())))
    assert {row["key"]: row["value"] for row in rows} == {"f": "25", "m": "35"}


def test_a_run_that_nobody_is_in_is_no_choice(client: Client, first: Run) -> None:
    page = page_of(client, f"{board_of(first)}?run=three")

    assert "130 registered" in page
    assert "Run three" not in page


@pytest.mark.req("R097")
@pytest.mark.parametrize("form", ["csv", "json", "svg", "parquet", "sql"])
def test_figures_of_the_course_are_taken_along(client: Client, first: Run, form: str) -> None:
    answer = client.get(f"{board_of(first)}figures/gender.{form}")

    assert answer.status_code == 200
    assert answer.content


@pytest.mark.req("R087")
def test_a_course_of_few_people_says_so_and_shows_nothing(client: Client) -> None:
    small = a_run(code="one", organisation=an_organisation("Small School"))

    page = page_of(client, board_of(small))

    assert "Too few people to show" in page
    assert "as soon as 10 people have registered" in page
    assert "kpis" not in page
    assert page_of(client, f"{board_of(small)}figures/age/").count("Too few people to show") == 1


def test_a_course_that_is_not_there_has_no_board(client: Client) -> None:
    assert client.get("/courses/nothing/insights/").status_code == 404


def test_the_course_page_and_the_boards_filter_lead_to_it(client: Client, first: Run) -> None:
    assert f'href="{board_of(first)}"' in page_of(client, f"/courses/{first.course.slug}/")
    assert f'href="{board_of(first)}"' in page_of(client, f"/insights/?course={key_of(first).replace('+', '%2B')}")


def test_a_page_of_stoa_is_no_course_of_an_old_name() -> None:
    own = ("/courses/a-course/runs/1/", "/courses/a-course/insights/figures/age/", "/courses/a-course/steps/s1/x/")

    assert [asked(path).course for path in own] == ["", "", ""]
    assert asked("/courses/MITx/6.002x/2012_Fall/courseware/").course == "MITx/6.002x/2012_Fall"
