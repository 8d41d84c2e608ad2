"""Published courses for tests, made through real actions."""

from datetime import UTC, datetime
from pathlib import Path

from stoa.accounts.models import Organisation
from stoa.accounts.tests.makers import an_organisation
from stoa.authoring import actions
from stoa.catalogue.models import CourseVersion, Run
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.imported import Imported, Report
from stoa.coursedoc.model import Course

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def imported(document: Course | None = None, files: dict[str, Path] | None = None) -> Imported:
    """A course as a format has read it."""
    return Imported(course=document or a_document(), files=files or {}, report=Report())


def a_published_version(
    *,
    document: Course | None = None,
    files: dict[str, Path] | None = None,
    organisation: Organisation | None = None,
    at: datetime = MONDAY,
) -> CourseVersion:
    """A version with its pages, not yet on offer."""
    return actions.publish(
        imported=imported(document, files), organisation=organisation or an_organisation(), by=None, at=at
    ).version


def a_published_run(
    *, document: Course | None = None, files: dict[str, Path] | None = None, code: str = "2026-1"
) -> Run:
    """A run with all its pages, open to everyone."""
    version = a_published_version(document=document, files=files)
    return actions.offer(version=version, code=code, at=MONDAY).run
