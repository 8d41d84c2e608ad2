"""Runs: opening one, moving it to another version."""

import re
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from stoa.catalogue.actions.listings import list_again
from stoa.catalogue.events import RunMoved, RunOpened
from stoa.catalogue.models import CourseVersion, Run
from stoa.kernel.bus import publish


class RunExists(Exception):
    """The course has a run with this code already; move that one, or choose another code."""


class CodeRefused(Exception):
    """A run's code is 1 to 60 letters, digits, hyphens and underscores: it stands in addresses."""


class WrongCourse(Exception):
    """A run can only show versions of its own course."""


class NothingToLearn(Exception):
    """The version has no step that learners could see; add one, then open the run."""


@transaction.atomic
def open_run(
    *,
    version: CourseVersion,
    code: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    enrolment_opens_at: datetime | None = None,
    enrolment_closes_at: datetime | None = None,
    self_paced: bool = True,
    time_zone: str = "UTC",
    verified_price: Decimal | None = None,
    currency: str = "EUR",
    hidden: bool = False,
) -> Run:
    """Offer the course, at this version, under this code."""
    _check_code(code)
    course = version.course
    if course.runs.filter(code=code).exists():
        raise RunExists(code)
    if not course.minutes:
        raise NothingToLearn(course.title)
    run = Run.objects.create(
        course=course,
        code=code,
        version=version,
        starts_at=starts_at,
        ends_at=ends_at,
        enrolment_opens_at=enrolment_opens_at,
        enrolment_closes_at=enrolment_closes_at,
        self_paced=self_paced,
        time_zone=time_zone,
        verified_price=verified_price,
        currency=currency,
        hidden=hidden,
    )
    list_again(course)
    publish(RunOpened(run_id=run.pk, version_id=version.pk))
    return run


@transaction.atomic
def move_run(*, run: Run, version: CourseVersion, at: datetime) -> Run:
    """Let the learners of the run see this version; moving it where it is changes nothing."""
    if version.course_id != run.course_id:
        raise WrongCourse(run.code)
    current = Run.objects.select_for_update().get(pk=run.pk)
    if current.version_id == version.pk:
        return current
    moved_from, current.version = current.version_id, version
    current.save(update_fields=["version"])
    publish(RunMoved(run_id=current.pk, from_version_id=moved_from, version_id=version.pk, at=at))
    return current


def _check_code(code: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", code):
        raise CodeRefused(code)
