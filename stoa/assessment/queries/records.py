"""All that assessment keeps about one person, for that person to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stoa.assessment.models import Attempt, Sheet
from stoa.assessment.queries.sheets import answers_of
from stoa.assessment.rules.answers import Answers


@dataclass(frozen=True, kw_only=True)
class QuizRecord:
    """Answers to a quiz, as handed in or as a draft."""

    enrolment_id: int
    quiz: str
    attempt: int
    """0 for a draft that was not handed in."""
    at: datetime
    answers: Answers
    earned: float | None = None
    out_of: float | None = None


def quiz_record(person_id: int) -> Mapping[int, tuple[QuizRecord, ...]]:
    """By enrolment: every attempt of the person, in order, then the drafts."""
    found: dict[int, tuple[QuizRecord, ...]] = {}
    for record in (*_attempts(person_id), *_drafts(person_id)):
        found[record.enrolment_id] = (*found.get(record.enrolment_id, ()), record)
    return found


def _attempts(person_id: int) -> list[QuizRecord]:
    own = Attempt.objects.filter(enrolment__person=person_id).order_by("at", "pk")
    return [
        QuizRecord(
            enrolment_id=attempt.enrolment_id,
            quiz=attempt.item_id,
            attempt=attempt.number,
            at=attempt.at,
            answers=answers_of(attempt.answers),
            earned=attempt.earned,
            out_of=attempt.out_of,
        )
        for attempt in own
    ]


def _drafts(person_id: int) -> list[QuizRecord]:
    own = Sheet.objects.filter(enrolment__person=person_id, saved_at__isnull=False).order_by("saved_at", "pk")
    rows = own.values_list("enrolment_id", "item_id", "saved_at", "answers")
    return [
        QuizRecord(enrolment_id=enrolment, quiz=item, attempt=0, at=at, answers=answers_of(answers))
        for enrolment, item, at, answers in rows
        if at
    ]
