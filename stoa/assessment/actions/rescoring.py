"""Scoring attempts again after their answer key was wrong."""

from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.assessment.actions.matching import matches
from stoa.assessment.actions.saving import lock_sheet
from stoa.assessment.models import Attempt, RescoredSheet, Rescoring, Sheet
from stoa.assessment.queries.published import Published, QuizUnknown, shelf_of
from stoa.assessment.queries.sheets import answers_of
from stoa.assessment.rules import rescoring as rules
from stoa.assessment.rules import scoring
from stoa.assessment.rules.rescoring import Lowering
from stoa.catalogue.models import Run


class ReasonMissing(Exception):
    """Say why the scores change: learners read it beside their score."""


@transaction.atomic
def rescore(
    *,
    run: Run,
    item_id: str,
    reason: str,
    by: Person | None,
    at: datetime,
    lowering: Lowering = Lowering.NEVER,
) -> Rescoring:
    """Score every attempt at a quiz again by the key of the version that the run shows now.

    The attempts stay as they were; what counts is on the sheets, and each change is kept with its reason.
    """
    if not reason.strip():
        raise ReasonMissing
    quiz = shelf_of(run.version_id).quizzes.get(item_id)
    if quiz is None:
        raise QuizUnknown
    kept = Rescoring.objects.create(
        run=run,
        version_id=run.version_id,
        item_id=item_id,
        reason=reason.strip()[:500],
        lowering=lowering.value,
        by=by,
        at=at,
    )
    sheets = Sheet.objects.filter(enrolment__run=run, item_id=item_id, best__isnull=False).select_related("enrolment")
    for sheet in sheets.order_by("pk"):
        _rescore(lock_sheet(sheet.enrolment, item_id), quiz, kept, lowering)
    return kept


def _rescore(sheet: Sheet, quiz: Published, kept: Rescoring, lowering: Lowering) -> None:
    before = sheet.best or 0.0
    by_key = _best_by_key(sheet, quiz)
    after = rules.rescored(before=before, after=by_key, lowering=lowering)
    if by_key == before:
        return
    RescoredSheet.objects.create(rescoring=kept, sheet=sheet, before=before, by_key=by_key, after=after)
    if after != before:
        sheet.best, sheet.rescored_for = after, kept.reason
        sheet.save(update_fields=["best", "rescored_for"])


def _best_by_key(sheet: Sheet, quiz: Published) -> float:
    attempts = Attempt.objects.filter(enrolment_id=sheet.enrolment_id, item_id=sheet.item_id)
    answers = [answers_of(one) for one in attempts.values_list("answers", flat=True)]
    return max((scoring.score(quiz.key, one, matches=matches).share for one in answers), default=0.0)
