"""Which run shows a version that came in."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from stoa.catalogue import actions as catalogue
from stoa.catalogue.models import CourseVersion, Run
from stoa.catalogue.queries import document_of

FIRST_RUN = "1"


class Outcome(StrEnum):
    """What happened to the run."""

    OPENED = "opened"
    MOVED = "moved"
    SHOWS_IT = "shows it already"
    LEFT = "left where it was"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A run, and what happened to it."""

    run: Run
    outcome: Outcome


@transaction.atomic
def offer(*, version: CourseVersion, code: str, at: datetime) -> Offer:
    """Have the run of this code show the version; open it where the course has none of this code."""
    run = version.course.runs.filter(code=code).first()
    if run is None:
        return Offer(run=_open(version, code), outcome=Outcome.OPENED)
    if run.version_id == version.pk:
        return Offer(run=run, outcome=Outcome.SHOWS_IT)
    return Offer(run=catalogue.move_run(run=run, version=version, at=at), outcome=Outcome.MOVED)


def offer_first(*, version: CourseVersion, at: datetime) -> Offer | None:
    """Open the first run of a new course; learners of a course that has runs see no change until somebody asks.

    None where there is nothing yet that a learner could open.
    """
    try:
        return _offer_first(version, at=at)
    except catalogue.NothingToLearn:
        return None


@transaction.atomic
def _offer_first(version: CourseVersion, *, at: datetime) -> Offer:
    shown = version.course.runs.order_by("-starts_at", "-pk")
    run = shown.filter(version=version).first() or shown.first()
    if run is None:
        return offer(version=version, code=_code(document_of(version).run), at=at)
    return Offer(run=run, outcome=Outcome.SHOWS_IT if run.version_id == version.pk else Outcome.LEFT)


def _open(version: CourseVersion, code: str) -> Run:
    document = document_of(version)
    ends = document.end if not (document.start and document.end and document.end <= document.start) else None
    return catalogue.open_run(
        version=version,
        code=code,
        starts_at=document.start,
        ends_at=ends,
        enrolment_opens_at=document.enrolment_start,
        enrolment_closes_at=document.enrolment_end,
        self_paced=document.self_paced,
    )


def _code(run: str) -> str:
    """The source's name for its run, as far as it fits into an address."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", run).strip("-")[:60] or FIRST_RUN
