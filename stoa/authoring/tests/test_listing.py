"""Courses on the command line."""

import pytest
from click.testing import CliRunner

from stoa.authoring.commands import courses
from stoa.authoring.tests.makers import a_published_run
from stoa.catalogue.models import Course


@pytest.mark.django_db
def test_the_name_that_other_commands_want_is_listed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    name = "a-slow-and-friendly-walk-through-the-seasons"
    a_published_run()
    Course.objects.update(slug=name, title=name.replace("-", " "))

    said = CliRunner().invoke(courses).output

    assert name in said
