"""An answer on a page comes to the figures."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from django.test import Client

from stoa.accounts.actions import Said, change_profile
from stoa.accounts.models import Person
from stoa.courseware.actions import be_content, visit
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment, desk_of
from stoa.insights.actions import Survey, answer, ask
from stoa.insights.engine.asking.course import course
from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.reporting.exhibits.endings import endings
from stoa.insights.engine.reporting.exhibits.intentions import intentions
from stoa.insights.engine.reporting.people import People
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries.exits import link_of
from stoa.kernel import tracking

pytestmark = pytest.mark.django_db
LATER = 4_000_000_000_000_000


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def built(log: Path) -> Warehouse:
    warehouse = Warehouse(log / "warehouse")
    with warehouse.alone():
        ingest(warehouse, [log / "spool"], now=LATER)
        build(warehouse)
    return warehouse


def rows(warehouse: Warehouse, columns: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as sql:
        people = sql.read_parquet(warehouse.snapshot().files("tables/person_course"))
        return people.order("user_id").project(columns).fetchall()


@pytest.mark.req("R018", "R022", "R146", "R004", "R020")
def test_answers_on_pages_and_by_mail_are_columns_of_person_course(log: Path) -> None:
    run = a_run()
    ada, bo, cy = (an_enrolment(run=run) for _ in range(3))
    home = desk_of(ada).address
    signed_in(ada.person).post(f"{home}intent/", {"intent": "certificate"})
    signed_in(bo.person).post(f"{home}intent/", {"intent": "skills"})
    signed_in(cy.person).post(f"{home}intent/", {"skip": "1"})
    be_content(enrolment=ada, at=NOON)
    signed_in(ada.person).post(f"{home}exit/", {"satisfied": "yes"})
    link = urlsplit(link_of(bo.pk, run.pk, "time")).path
    Client().post(link, {"reason": "time", "satisfied": "no"})
    change_profile(person=bo.person, said=Said(teaching="was", subject_taught="Health"), at=NOON)

    found = rows(built(log), "username, intent, exit_reason, satisfied, teacher, teaches_area")

    assert found == [
        (ada.person.username, "certificate", "done", "yes", None, None),
        (bo.person.username, "skills", "time", "no", "was", "Health"),
        (cy.person.username, None, None, None, None, None),
    ]


def test_an_answer_that_is_deleted_goes_from_the_figures(log: Path) -> None:
    ada = an_enrolment()
    client = signed_in(ada.person)
    client.post(f"{desk_of(ada).address}intent/", {"intent": "browse"})
    page = client.get("/account/answers/").content.decode()
    address = re.search(r'action="(/account/answers/\d+/removal/)"', page)
    assert address is not None
    client.post(address[1])

    assert rows(built(log), "intent") == [(None,)]


@pytest.mark.req("R142", "R145")
def test_attrition_by_reason_leaves_out_who_has_what_they_wanted(log: Path) -> None:
    with tracking.happening(NOON):
        run = a_run()
        ada, bo = an_enrolment(run=run), an_enrolment(run=run)
        key = desk_of(ada).course_key
        for enrolment in (ada, bo):
            visit(enrolment=enrolment, step_id="m1-s1", at=NOON)
    with tracking.happening(NOON + timedelta(days=1)):
        be_content(enrolment=ada, at=NOON)
    with tracking.happening(NOON + timedelta(weeks=2)):
        # Being asked is nothing that one does.
        ask(enrolment=bo, survey=Survey.EXIT, at=NOON)
    with tracking.happening(NOON + timedelta(weeks=3)):
        visit(enrolment=an_enrolment(run=run), step_id="m1-s1", at=NOON)

    table = course(Opened(built(log)).data(), key).tables["attrition"]

    told = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    counts = {
        (row["split"], row["answer"], row["week"]): [row[name] for name in ("participants", "content", "gone")]
        for row in told
    }
    fulfilled = {(row["split"], row["answer"]): row["fulfilled"] for row in told if row["week"] == 0}
    assert counts["all", "", 1] == [2, 1, 1]
    assert (fulfilled["all", ""], fulfilled["exit_reason", "done"]) == (1, 1)
    assert counts["exit_reason", "done", 1] == [1, 1, 0]
    assert counts["exit_reason", "unknown", 2] == [1, 0, 1]
    assert ("all", "", 3) in counts
    assert ("all", "", 4) not in counts


@pytest.mark.req("R018", "R146")
def test_the_report_counts_response_rates_of_those_who_were_asked(log: Path) -> None:
    run = a_run()
    for place in range(24):
        enrolment = an_enrolment(run=run)
        visit(enrolment=enrolment, step_id="m1-s1", at=NOON)
        if place < 12:
            answer(enrolment=enrolment, survey=Survey.ENROLMENT, said={"intent": "all"}, at=NOON)
            answer(enrolment=enrolment, survey=Survey.EXIT, said={"satisfied": "yes", "reason": "time"}, at=NOON)
    be_content(enrolment=enrolment, at=NOON)

    people = People(built(log).snapshot())

    (one,) = endings(people)
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in one.grids[0].rows[0]] == [
        "did not finish",
        "13",
        "withheld",
        "100 % of 12 participants who answered",
    ]
    assert intentions(people).denominator.endswith("50\N{NO-BREAK SPACE}% of 24 registrants who were asked")
