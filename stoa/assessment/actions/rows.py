"""The rows of drafts and hand-ins, in SQL by hand.

Hundreds hand in at once in an exam, and to put such statements together through the ORM costs more than to run them.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from stoa.assessment.models import Attempt, Sheet

_SHEET = [field.attname for field in Sheet._meta.concrete_fields]  # noqa: SLF001 -- Django's own name for it
_ATTEMPT = [field.attname for field in Attempt._meta.concrete_fields]  # noqa: SLF001 -- Django's own name for it
_LOCKED = f"""
SELECT {", ".join(f"sheet.{name}" for name in _SHEET)}, {", ".join(f"latest.{name}" for name in _ATTEMPT)}
FROM assessment_sheet AS sheet LEFT JOIN assessment_attempt AS latest ON latest.id = sheet.latest_id
WHERE sheet.enrolment_id = %s AND sheet.item_id = %s FOR UPDATE OF sheet
"""  # noqa: S608 -- names of our own columns
_DRAFT = "UPDATE assessment_sheet SET answers = %s::jsonb, saved_at = %s WHERE id = %s"
_BEFORE = "SELECT id FROM assessment_attempt WHERE enrolment_id = %s AND item_id = %s AND receipt = %s"
_HAND_IN = """
WITH made AS (
    INSERT INTO assessment_attempt
        (enrolment_id, item_id, version_id, number, allowed, answers, results, earned, out_of, share, at, receipt)
    VALUES (%(enrolment)s, %(item)s, %(version)s, %(number)s, %(allowed)s, %(answers)s::jsonb, %(results)s::jsonb,
            %(earned)s, %(out_of)s, %(share)s, %(at)s, %(receipt)s)
    RETURNING id
)
UPDATE assessment_sheet AS sheet
SET answers = %(answers)s::jsonb, saved_at = NULL, started_at = NULL, attempts = %(number)s, latest_id = made.id,
    best = %(best)s
FROM made WHERE sheet.id = %(sheet)s RETURNING made.id
"""


def locked(enrolment_id: int, item_id: str) -> Sheet | None:
    """The learner's sheet with its latest attempt, which nobody else writes on until the transaction ends."""
    row = _locked(enrolment_id, item_id)
    # Whoever waited for the lock reads the sheet anew, but the attempt that belonged to it before.
    if row is not None and row[_SHEET.index("latest_id")] != row[len(_SHEET)]:
        row = _locked(enrolment_id, item_id)
    if row is None:
        return None
    sheet = Sheet.from_db(connection.alias, _SHEET, row[: len(_SHEET)])
    sheet.answers = json.loads(sheet.answers)
    sheet.latest = _latest(row[len(_SHEET) :]) if sheet.latest_id else None
    return sheet


def _locked(enrolment_id: int, item_id: str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, [enrolment_id, item_id])
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _latest(facts: Sequence[object]) -> Attempt:
    attempt = Attempt.from_db(connection.alias, _ATTEMPT, facts)
    attempt.answers, attempt.results = json.loads(attempt.answers), json.loads(attempt.results)
    return attempt


def keep_draft(sheet: Sheet) -> None:
    """Write what was typed."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAFT, [json.dumps(sheet.answers), sheet.saved_at, sheet.pk])


def handed_in_before(enrolment_id: int, item_id: str, receipt: str) -> Attempt | None:
    """The attempt that this very hand-in made when it came the first time."""
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [enrolment_id, item_id, receipt])
        row = cursor.fetchone()
    return Attempt.objects.get(pk=row[0]) if row else None


def hand_in(sheet: Sheet, attempt: Attempt, *, best: float) -> None:
    """Write an attempt, which gets its number in the database, and let the sheet follow it."""
    values: dict[str, Any] = {
        "enrolment": attempt.enrolment_id,
        "item": attempt.item_id,
        "version": attempt.version_id,
        "number": attempt.number,
        "allowed": attempt.allowed,
        "answers": json.dumps(attempt.answers),
        "results": json.dumps(attempt.results),
        "earned": attempt.earned,
        "out_of": attempt.out_of,
        "share": attempt.share,
        "at": attempt.at,
        "receipt": attempt.receipt,
        "best": best,
        "sheet": sheet.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HAND_IN, values)
        attempt.pk = cursor.fetchone()[0]
    sheet.answers, sheet.saved_at, sheet.started_at = attempt.answers, None, None
    sheet.attempts, sheet.latest, sheet.best = attempt.number, attempt, best
