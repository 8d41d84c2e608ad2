"""Who is enrolled, as the course team sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef

from stoa.courseware.models import Enrolment, StepCompletion
from stoa.courseware.queries.desks import Desk
from stoa.courseware.queries.outlines import outline_of
from stoa.courseware.rules.progress import Progress, progress

A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class LearnerRow:
    """A learner as the course team sees them: the display name, never the address."""

    name: str
    enrolled_at: datetime
    last_at: datetime | None
    progress: Progress


@dataclass(frozen=True, kw_only=True)
class Learners:
    """A page of learners."""

    rows: tuple[LearnerRow, ...]
    page: Page[Enrolment]
    found: int


def learners_of(desk: Desk, *, containing: str = "", number: str = "1") -> Learners:
    """The run's learners by name, a page at a time."""
    enrolments = Enrolment.objects.filter(run=desk.run_id, withdrawal=None).order_by("person__display_name", "pk")
    if containing:
        enrolments = enrolments.filter(person__display_name__icontains=containing)
    page = Paginator(enrolments, A_PAGE).get_page(number)
    shown = (
        Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in page.object_list])
        .annotate(done=ArraySubquery(StepCompletion.objects.filter(enrolment=OuterRef("pk")).values("step_id")))
        .order_by("person__display_name", "pk")
    )
    rows = shown.values_list("person__display_name", "at", "bookmark__at", "done")
    return Learners(rows=tuple(_rows(desk, rows)), page=page, found=page.paginator.count)


def _rows(desk: Desk, rows: Iterable[tuple[str, datetime, datetime | None, list[str]]]) -> Iterable[LearnerRow]:
    outline = outline_of(desk.version_id).without_hidden
    for name, at, last_at, done in rows:
        yield LearnerRow(name=name, enrolled_at=at, last_at=last_at, progress=progress(outline, frozenset(done)))
