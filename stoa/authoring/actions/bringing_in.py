"""Bringing a course in: read, publish, and offer it where it is new."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from stoa.accounts.actions import organisation_named
from stoa.accounts.models import Organisation, Person
from stoa.authoring.actions.publishing import Progress, publish
from stoa.authoring.rules.reports import Counted, counted
from stoa.catalogue.models import CourseVersion
from stoa.coursedoc.formats import read_course
from stoa.coursedoc.imported import Imported

NAMELESS = "Stoa"
DAY = 24 * 3600


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """A course that came in."""

    version: CourseVersion
    new: bool
    """False: exactly this content was here already."""
    files: int
    counted: Counted


def bring_in(
    *, path: Path, organisation: Organisation | None, by: Person | None, at: datetime, progress: Progress
) -> BroughtIn:
    """Read the course at a path and publish it; raises SourceRefused, and then nothing of it is here."""
    with scratch() as work:
        imported = read_course(path, work=work, progress=progress)
        giver = organisation or _organisation_of(imported)
        published = publish(imported=imported, organisation=giver, by=by, at=at, progress=progress)
        return BroughtIn(
            version=published.version,
            new=published.version.published_at == at,
            files=len(imported.files),
            counted=counted(imported.report, published.findings),
        )


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what is unpacked on the way, gone afterwards; those of killed imports go after a day."""
    root = Path(settings.DATA) / "scratch"
    root.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(dir=root))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def sweep(*, now: datetime) -> None:
    """Remove the folders that killed imports left behind."""
    for left in (Path(settings.DATA) / "scratch").glob("*"):
        if now.timestamp() - left.stat().st_mtime > DAY:
            shutil.rmtree(left, ignore_errors=True)


def _organisation_of(imported: Imported) -> Organisation:
    return organisation_named(imported.course.organisation.strip() or NAMELESS)
