from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from stoa.accounts.actions import appoint, delete_account, dismiss
from stoa.accounts.tests.makers import MONDAY, a_learner
from stoa.catalogue.actions import adopt, move_run, open_run, teach
from stoa.catalogue.models import Teaching
from stoa.catalogue.queries import document_of
from stoa.catalogue.tests.makers import a_document, a_run
from stoa.courseware.tests.makers import an_enrolment
from stoa.insights.actions import describe_runs, tell_roles
from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries.charts import chart_of
from stoa.insights.rules.dimensions import Choice, View
from stoa.insights.rules.figures import FIGURES
from stoa.insights.tests.logs import events_in

pytestmark = pytest.mark.django_db


def test_a_run_that_opens_says_what_it_is(log: Path) -> None:
    run = a_run(document=a_document(id="rivers", subjects=("health",)), starts_at=MONDAY)

    (told,) = events_in(log, "stoa.run.described")
    words = told["event"]
    blocks = words.pop("blocks")
    school = run.course.organisation.slug
    assert told["context"]["course_id"] == f"course-v1:{school}+rivers+2026-1"
    assert words == {
        "org": school,
        "org_name": run.course.organisation.name,
        "number": "rivers",
        "run": "2026-1",
        "title": "First Steps in Python",
        "area": "Health",
        "start": "2026-03-02T09:00:00+00:00",
        "end": None,
        "language": "en",
        "weeks": 2,
        "hours_a_week": 4.0,
        "pass_mark": 0.6,
        "self_paced": True,
        "previous_run": None,
    }
    ids = f"block-v1:{school}+rivers+2026-1+type@"
    assert [(block["id"].removeprefix(ids), block["position"]) for block in blocks][:6] == [
        ("chapter+block@week-1", 0),
        ("sequential+block@welcome", 1),
        ("vertical+block@hello", 2),
        ("html+block@hello-reading", 3),
        ("vertical+block@values", 4),
        ("problem+block@values-quiz", 5),
    ]
    video = next(block for block in blocks if block["kind"] == "video")
    assert (video["duration_ms"], video["chapter"]) == (120_000, f"{ids}chapter+block@week-1")
    assert [block["kind"] for block in blocks if block["scored"]] == ["problem", "openassessment"]


def test_it_is_told_again_only_where_something_changed(log: Path) -> None:
    run = a_run()
    assert describe_runs(at=MONDAY) == 0

    run.ends_at = MONDAY
    run.save()
    assert describe_runs(at=MONDAY) == 1
    assert describe_runs(at=MONDAY) == 0

    organisation = run.course.organisation
    organisation.name = "Open Harbour"
    organisation.save()
    assert describe_runs(at=MONDAY) == 1
    assert events_in(log, "stoa.run.described")[-1]["event"]["org_name"] == "Open Harbour"

    version = adopt(
        course=a_document(id=run.course.code, title="Second Steps"),
        organisation=run.course.organisation,
        by=None,
        at=MONDAY,
    )
    move_run(run=run, version=version, at=MONDAY)
    titles = [told["event"]["title"] for told in events_in(log, "stoa.run.described")]
    assert (titles[0], titles[-1]) == ("First Steps in Python", "Second Steps")


def test_a_second_run_names_the_one_before_it(log: Path) -> None:
    first = a_run(starts_at=MONDAY)
    second = open_run(version=first.version, code="2027-1", starts_at=MONDAY.replace(year=2027))

    told = events_in(log, "stoa.run.described")[-1]
    key = f"course-v1:{second.course.organisation.slug}+{second.course.code}+2026-1"
    assert told["event"]["previous_run"] == key
    assert document_of(second.version).title == "First Steps in Python"


def test_the_team_is_told_to_the_log_and_who_leaves_it_too(log: Path) -> None:
    ada, bo = a_learner("Ada"), a_learner("Bo")
    run = a_run()
    appoint(organisation=run.course.organisation, person=bo, at=MONDAY)
    teach(course=run.course, person=ada)
    dismiss(organisation=run.course.organisation, person=bo)
    Teaching.objects.all().delete()
    tell_roles()

    told = events_in(log, "stoa.role.granted") + events_in(log, "stoa.role.withdrawn")
    assert [(one["name"], one["event"]["role"], one["event"]["username"]) for one in told] == [
        ("stoa.role.granted", "staff", bo.username),
        ("stoa.role.granted", "instructor", ada.username),
        ("stoa.role.withdrawn", "staff", bo.username),
        ("stoa.role.withdrawn", "instructor", ada.username),
    ]


def test_an_erased_account_is_told_to_the_log(log: Path) -> None:
    ada = a_learner("Ada")
    event = {"username": ada.username, "user_id": ada.pk}
    delete_account(person=ada, at=MONDAY)

    assert [told["event"] for told in events_in(log, "stoa.account.erased")] == [event]


def test_looking_for_changes_takes_two_queries_whatever_runs_there_are(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for _ in range(3):
        a_run()
        with django_assert_num_queries(2):
            describe_runs(at=MONDAY)


def test_an_organisation_bears_the_name_that_the_log_tells_and_its_key_stays_in_addresses(log: Path) -> None:
    run = an_enrolment().run
    organisation = run.course.organisation
    warehouse = Warehouse(log / "warehouse")
    with warehouse.alone():
        ingest(warehouse, [log / "spool"], now=4_000_000_000_000_000)
        build(warehouse)

    page = overview(Opened(warehouse).data(), Choice(), View.TEAM)
    row = chart_of(FIGURES["organisations"], page).rows[0]

    assert (row.key, row.label) == (organisation.slug, organisation.name)
    assert row.key != row.label
