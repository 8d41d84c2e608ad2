"""Scores that another room gives: assignments, which people read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from stoa.assessment.actions.saving import lock_sheet
from stoa.assessment.events import WorkScoreChanged
from stoa.assessment.models import PublishedWork
from stoa.assessment.queries.published import forget
from stoa.catalogue.models import CourseVersion
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.models import Enrolment
from stoa.kernel.bus import publish


@dataclass(frozen=True, kw_only=True)
class WorkLayout:
    """An assignment in the score scheme: its place, the part that it counts for, and its points."""

    item_id: str
    lesson_id: str
    score_part: str
    out_of: float


@transaction.atomic
def lay_out_works(*, version: CourseVersion, works: Iterable[WorkLayout]) -> None:
    """Keep which assignments of a version earn points, instead of those it had."""
    version.scored_works.all().delete()
    PublishedWork.objects.bulk_create(
        PublishedWork(
            version=version,
            item_id=work.item_id,
            lesson_id=work.lesson_id,
            score_part=work.score_part,
            out_of=work.out_of,
        )
        for work in works
    )
    forget()
    transaction.on_commit(forget)


@transaction.atomic
def take_score(*, enrolment: Enrolment, item_id: str, share: float, lower_because: str = "") -> None:
    """Put what an assignment earned, 0 to 1, into the learner's score table; it only falls where a reason is given."""
    sheet = lock_sheet(enrolment, item_id)
    before = sheet.best
    if before is not None and share < before and not lower_because:
        return
    sheet.best, sheet.left_out = share, False
    sheet.rescored_for = lower_because[:500] if before is not None and share < before else ""
    sheet.save(update_fields=["best", "left_out", "rescored_for"])
    if share != before:
        words = of_enrolment(enrolment)
        publish(WorkScoreChanged(**words, item_id=item_id, earned=share, out_of=1.0))


@transaction.atomic
def leave_out(*, enrolment: Enrolment, item_id: str) -> None:
    """Count the score table without this assignment: nobody could read the work in time."""
    sheet = lock_sheet(enrolment, item_id)
    if sheet.best is None:
        sheet.left_out = True
        sheet.save(update_fields=["left_out"])
