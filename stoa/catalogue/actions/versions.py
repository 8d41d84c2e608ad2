"""Versions: taking a document in."""

from datetime import datetime

import zstandard
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from stoa.accounts.models import Organisation, Person
from stoa.catalogue.actions.listings import list_again, list_course
from stoa.catalogue.events import CoursePublished
from stoa.catalogue.models import Course, CourseVersion, Document
from stoa.coursedoc import canonical
from stoa.coursedoc import model as coursedoc
from stoa.kernel.bus import publish

LEVEL = 10
"""Of zstd: an eighth of the JSON in a tenth of a second."""


@transaction.atomic
def adopt(*, course: coursedoc.Course, organisation: Organisation, by: Person | None, at: datetime) -> CourseVersion:
    """The version of the course that holds exactly this document; a new one where there is none yet."""
    row = _course(course, organisation)
    content_hash = canonical.content_hash(course)
    version = row.versions.filter(content_hash=content_hash).first()
    if version is None:
        version = _new_version(row, course, content_hash, by=by, at=at)
        publish(CoursePublished(course_id=row.pk, version_id=version.pk))
    if version.number == _last_number(row):
        list_course(row, course)
    return version


def _course(document: coursedoc.Course, organisation: Organisation) -> Course:
    code = document.id[:120]
    known = Course.objects.select_for_update().filter(organisation=organisation, code=code).first()
    return known or Course.objects.create(
        organisation=organisation,
        code=code,
        slug=_free_slug(code, organisation),
        title=(document.title or document.id)[:250],
    )


def _free_slug(code: str, organisation: Organisation) -> str:
    """The course's own name, with its organisation's before it where another course has the name."""
    slug = slugify(code)[:120] or "course"
    if Course.objects.filter(slug=slug).exists():
        return f"{organisation.slug}-{slug}"[:120]
    return slug


def _new_version(
    course: Course, document: coursedoc.Course, content_hash: str, *, by: Person | None, at: datetime
) -> CourseVersion:
    version = CourseVersion.objects.create(
        course=course,
        number=_last_number(course) + 1,
        content_hash=content_hash,
        published_at=at,
        published_by=by,
    )
    content = zstandard.ZstdCompressor(level=LEVEL).compress(canonical.to_json(document))
    Document.objects.create(version=version, content=content)
    return version


def _last_number(course: Course) -> int:
    last: int | None = course.versions.aggregate(last=Max("number"))["last"]
    return last or 0


class VersionInUse(Exception):
    """Learners see this version in a run. Move the run to another version first."""


@transaction.atomic
def take_back(*, version: CourseVersion) -> None:
    """Remove a version that no run shows, and its course where it was the only one."""
    if version.runs.exists():
        raise VersionInUse
    course = version.course
    version.delete()
    if not course.versions.exists():
        course.delete()
        return
    list_again(course)
