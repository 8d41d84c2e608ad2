"""Scores that another room gives: assignments, which people read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from stoa.assessment.actions.saving import lock_sheet
from stoa.assessment.events import WorkScoreChanged
from stoa.assessment.models import PublishedWork, Sheet
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


@transaction.atomic
def take_scores(*, item_id: str, shares: Sequence[tuple[Enrolment, float]]) -> None:
    """What an assignment earned many learners, by a few statements; nobody's score falls by it."""
    sheets = _locked_all([enrolment for enrolment, _ in shares], item_id)
    changed = []
    for enrolment, share in shares:
        sheet = sheets[enrolment.pk]
        before = sheet.best
        if before is None or share >= before:
            sheet.best, sheet.left_out, sheet.rescored_for = share, False, ""
            changed.append(sheet)
        if before is None or share > before:
            words = of_enrolment(enrolment)
            publish(WorkScoreChanged(**words, item_id=item_id, earned=share, out_of=1.0))
    Sheet.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["enrolment", "item_id"],
        update_fields=["best", "left_out", "rescored_for"],
    )


@transaction.atomic
def leave_out_all(*, item_id: str, enrolments: Sequence[Enrolment]) -> None:
    """Count many learners' score tables without this assignment: nobody could read their work in time."""
    sheets = _locked_all(enrolments, item_id)
    unscored = [sheet.pk for sheet in sheets.values() if sheet.best is None]
    Sheet.objects.filter(pk__in=unscored).update(left_out=True)


def _locked_all(enrolments: Iterable[Enrolment], item_id: str) -> dict[int, Sheet]:
    """Their sheets, made where there were none, in one order everywhere, so that nobody waits for each other."""
    numbers = sorted({enrolment.pk for enrolment in enrolments})
    Sheet.objects.bulk_create(
        [Sheet(enrolment_id=number, item_id=item_id) for number in numbers], ignore_conflicts=True
    )
    rows = Sheet.objects.select_for_update().filter(enrolment__in=numbers, item_id=item_id).order_by("pk")
    return {sheet.enrolment_id: sheet for sheet in rows}
