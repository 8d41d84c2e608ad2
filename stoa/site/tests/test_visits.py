"""What the event log says of a visit."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from stoa.accounts.models import Person
from stoa.courseware.tests.makers import an_enrolment
from stoa.site.rules.visits import Answered, is_page_view, told_path

PAGE = Answered(method="GET", path="/help/", status=200, content_type="text/html; charset=utf-8", partial=False)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    return tmp_path / "spool"


def lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted(log.rglob("*.log")) for line in path.read_text().splitlines()]


def test_a_whole_page_is_a_page_view() -> None:
    assert is_page_view(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, method="POST"),
        replace(PAGE, status=404),
        replace(PAGE, content_type="image/svg+xml"),
        replace(PAGE, partial=True),
        replace(PAGE, path="/accounts/x/"),
    ],
)
def test_nothing_else_is_a_page_view(other: Answered) -> None:
    assert not is_page_view(other)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/courses/x/", "/courses/x/"),
        ("/accounts/password/reset/key/3-abc/", "/accounts/"),
        ("https://stoa.example/courses/x/?token=1", "https://stoa.example/courses/x/"),
        ("https://elsewhere.example:8/accounts/key/", "https://elsewhere.example/accounts/"),
        ("http://[broken", ""),
    ],
)
def test_keys_never_stand_in_the_log(address: str, told: str) -> None:
    assert told_path(address) == told


@pytest.mark.django_db
def test_a_page_view_stands_in_the_log_as_edx_writes_it(log: Path) -> None:
    person = Person.objects.create_user("ada@post.example", display_name="Ada")
    client = Client(headers={"user-agent": "Old phone", "referer": "https://elsewhere.example/a?b"})
    client.force_login(person)

    client.get("/help/?from=footer")

    [line] = lines(log)
    assert line["event_type"] == line["name"] == "/help/"
    assert line["event"] == {"GET": {"from": ["footer"]}, "POST": {}}
    assert line["event_source"] == "server"
    assert line["username"] == person.username
    assert line["context"] == {"user_id": person.pk, "org_id": "", "course_id": "", "path": "/help/"}
    assert [line["agent"], line["referer"]] == ["Old phone", "https://elsewhere.example/a"]
    assert line["session"] != client.cookies["sessionid"].value


@pytest.mark.django_db
def test_what_is_no_page_leaves_no_line(log: Path) -> None:
    client = Client()

    client.get("/covers/2/panorama-day.svg")
    client.get("/nowhere/")

    assert lines(log) == []


@pytest.mark.django_db
def test_a_page_of_a_run_is_an_event_of_its_course(log: Path) -> None:
    enrolment = an_enrolment()
    course = enrolment.run.course
    client = Client()
    client.force_login(enrolment.person)

    for page in ("", "progress/", "notes/", "announcements/"):
        client.get(f"/courses/{course.slug}/runs/{enrolment.run.code}/{page}")

    told = [json.dumps(line["context"]) for line in lines(log) if str(line["event_type"]).startswith("/courses/")]
    key = f"course-v1:{course.organisation.slug}+{course.code}+{enrolment.run.code}"
    assert len(told) == 4
    assert all(f'"org_id": "{course.organisation.slug}", "course_id": "{key}"' in context for context in told)
