"""Credentials that somebody left in a course stay in the file that was sent, and nowhere else."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from stoa.accounts.tests.makers import an_organisation, staff_of
from stoa.authoring import actions
from stoa.authoring.tests.makers import MONDAY
from stoa.coursedoc.formats.olx.tests.makers import an_export

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "media"
    monkeypatch.setenv("STOA_DATA", str(tmp_path / "data"))


PLANTED = "hunter2-planted"
PROBLEM = (
    '<problem url_name="p1" xqa_key="hunter2-planted"><choiceresponse><checkboxgroup>'
    '<choice correct="true">Yes</choice></checkboxgroup></choiceresponse></problem>'
)
INSIDE = (
    f'{PROBLEM}<lti url_name="l1" launch_url="https://tool.example.org/" client_secret="hunter2-planted"/>'
    '<gradefetcher url_name="g1" password="hunter2-planted" api_key="hunter2-planted" title="T"/>'
)
POLICY = (
    '{"course/r1": {"display_name": "A course", "lti_passports": ["tool:key:hunter2-planted"],'
    ' "mobile": {"token": "hunter2-planted"}, "xqa_key": "hunter2-planted"}}'
)


def test_no_planted_secret_is_stored_shown_or_logged(
    tmp_path: Path,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = tmp_path / "data"
    settings.DATA, settings.MEDIA_ROOT = data, data / "media"
    monkeypatch.setenv("STOA_DATA", str(data))
    export = an_export(tmp_path, INSIDE, files={"policies/r1/policy.json": POLICY, "static/a.txt": "Words."})
    school = an_organisation()
    bo = staff_of(school)
    caplog.set_level(logging.DEBUG)

    job = actions.ask_with_path(organisation=school, by=bo, path=export, at=MONDAY)
    actions.carry_out(import_id=job.pk)

    job.refresh_from_db()
    assert job.state == "ready", job.problem
    client.force_login(bo)
    pages = client.get(f"/imports/{job.pk}/").content.decode()
    written = "".join(path.read_bytes().decode(errors="replace") for path in data.rglob("*") if path.is_file())
    assert [place for place in rows() if PLANTED in place] == []
    assert PLANTED not in written + pages + caplog.text
    assert "lti_passports" in str(job.report) + pages


def rows() -> Iterator[str]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 -- names from the database itself
            yield from (f"{table}: {row[0]}" for row in cursor.fetchall())
