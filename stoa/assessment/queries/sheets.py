"""Learners' answer sheets, as pages and actions read them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from stoa.assessment.models import Attempt, TimeExtension, Vote
from stoa.assessment.queries.published import Published
from stoa.assessment.rules.answers import Answers
from stoa.assessment.rules.scoring import PartResult, Verdict
from stoa.assessment.rules.showing import Standing
from stoa.courseware.queries import Shift, moved


@dataclass(frozen=True, kw_only=True)
class Latest:
    """The latest attempt."""

    answers: Answers
    results: Mapping[str, PartResult]
    share: float
    earned: float
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SheetState:
    """How a learner stands with a quiz; the same values for one who never opened it."""

    answers: Answers = field(default_factory=dict)
    saved_at: datetime | None = None
    hints: int = 0
    started_at: datetime | None = None
    attempts: int = 0
    best: float | None = None
    rescored_for: str = ""
    latest: Latest | None = None


# One plan for lists of any length (decision 0010).
_SHEETS = """
SELECT sheet.item_id, sheet.answers, sheet.saved_at, sheet.hints, sheet.started_at, sheet.attempts, sheet.best,
       sheet.rescored_for, latest.id, latest.answers, latest.results, latest.share, latest.earned, latest.at
FROM assessment_sheet AS sheet LEFT JOIN assessment_attempt AS latest ON latest.id = sheet.latest_id
WHERE sheet.enrolment_id = %s AND sheet.item_id = ANY((SELECT %s::text[])::text[])
"""


def sheets_of(enrolment_id: int | None, item_ids: Iterable[str]) -> Mapping[str, SheetState]:
    """The learner's sheets by item id, in one query."""
    if enrolment_id is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SHEETS, [enrolment_id, list(item_ids)])
        rows = cursor.fetchall()
    return {
        item_id: SheetState(
            answers=answers_of(json.loads(answers)),
            saved_at=saved_at,
            hints=hints,
            started_at=started_at,
            attempts=attempts,
            best=best,
            rescored_for=rescored_for,
            latest=_latest(json.loads(latest[0]), json.loads(latest[1]), *latest[2:]) if latest_id else None,
        )
        for item_id, answers, saved_at, hints, started_at, attempts, best, rescored_for, latest_id, *latest in rows
    }


def extra_minutes(enrolment_id: int) -> Mapping[str, float]:
    """Minutes added for a learner by item id; an empty id stands for every quiz."""
    return dict(TimeExtension.objects.filter(enrolment_id=enrolment_id).values_list("item_id", "minutes"))


def standing_of(
    quiz: Published,
    sheet: SheetState,
    *,
    self_paced: bool,
    extra: Mapping[str, float],
    shifts: Sequence[Shift],
    now: datetime,
) -> Standing:
    """How a learner stands to a quiz. In a self-paced run no date closes anything; elsewhere one's own date does."""
    return Standing(
        attempts=sheet.attempts,
        right=sheet.latest is not None and sheet.latest.share >= 1,
        last_at=sheet.latest.at if sheet.latest else None,
        past_due=not self_paced and quiz.due is not None and now > moved(quiz.due, shifts),
        started_at=sheet.started_at,
        extra_minutes=max(extra.get("", 0.0), extra.get(quiz.item_id, 0.0)),
    )


def votes_of(run_id: int, item_ids: Iterable[str]) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Counts of answers by item and part, the most frequent first."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    rows = Vote.objects.filter(run_id=run_id, item_id__in=list(item_ids), count__gt=0).order_by("-count", "answer")
    for item_id, part_id, answer, count in rows.values_list("item_id", "part_id", "answer", "count"):
        found.setdefault((item_id, part_id), {})[answer] = count
    return found


def answers_of(stored: Mapping[str, list[str]]) -> Answers:
    """Answers as the rules read them."""
    return {part: tuple(values) for part, values in stored.items()}


def results_of(attempt: Attempt) -> tuple[PartResult, ...]:
    """The results of an attempt, part by part."""
    return tuple(_result(one) for one in attempt.results)


def latest_of(attempt: Attempt) -> Latest:
    """The attempt as the rules read it."""
    return _latest(attempt.answers, attempt.results, attempt.share, attempt.earned, attempt.at)


def _latest(
    answers: Mapping[str, list[str]],
    results: list[dict[str, object]],
    share: float,
    earned: float,
    at: datetime,
) -> Latest:
    parts = [_result(one) for one in results]
    return Latest(
        answers=answers_of(answers), results={one.part: one for one in parts}, share=share, earned=earned, at=at
    )


def _result(stored: Mapping[str, object]) -> PartResult:
    feedback = stored["feedback"]
    return PartResult(
        part=str(stored["part"]),
        verdict=Verdict(str(stored["verdict"])),
        earned=float(str(stored["earned"])),
        points=float(str(stored["points"])),
        feedback=tuple(map(str, feedback)) if isinstance(feedback, list) else (),
    )
