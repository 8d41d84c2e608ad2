"""What a learner handed in, attempt by attempt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stoa.assessment.models import Attempt
from stoa.assessment.queries.published import Published
from stoa.assessment.queries.sheets import answers_of, results_of
from stoa.assessment.rules.answers import Answers
from stoa.assessment.rules.edx import words
from stoa.assessment.rules.scoring import PartResult, Verdict
from stoa.coursedoc.model import ChoicePart, Part


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One question of an attempt."""

    number: int
    question: str
    answer: str
    verdict: Verdict | None
    earned: float
    points: float


@dataclass(frozen=True, kw_only=True)
class AttemptView:
    """One attempt."""

    number: int
    at: datetime
    earned: float
    out_of: float
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Which of some quizzes a learner has handed in, and which of these were right."""

    attempted: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


def answered(item_ids: Iterable[str], *, enrolment_id: int | None) -> Answered:
    """What a learner has done with these quizzes; nothing where nobody is enrolled."""
    if enrolment_id is None:
        return Answered()
    rows = Attempt.objects.filter(enrolment_id=enrolment_id, item_id__in=set(item_ids)).values_list("item_id", "share")
    shares = list(rows)
    return Answered(
        attempted=frozenset(item for item, _ in shares), right=frozenset(item for item, share in shares if share >= 1)
    )


def attempts_of(quiz: Published, *, enrolment_id: int) -> tuple[AttemptView, ...]:
    """A learner's attempts at a quiz, the latest first."""
    rows = Attempt.objects.filter(enrolment_id=enrolment_id, item_id=quiz.item_id).order_by("-number")
    return tuple(_view(quiz, attempt) for attempt in rows)


def _view(quiz: Published, attempt: Attempt) -> AttemptView:
    results = {one.part: one for one in results_of(attempt)}
    answers = answers_of(attempt.answers)
    return AttemptView(
        number=attempt.number,
        at=attempt.at,
        earned=attempt.earned,
        out_of=attempt.out_of,
        lines=tuple(_line(place, part, answers, results, quiz) for place, part in enumerate(quiz.face.parts, 1)),
    )


def _line(number: int, part: Part, answers: Answers, results: Mapping[str, PartResult], quiz: Published) -> AnswerLine:
    result = results.get(part.id) if quiz.face.show_correctness else None
    return AnswerLine(
        number=number,
        question=words((part.label or part.stem).source),
        answer=_answer(part, answers.get(part.id, ())),
        verdict=result.verdict if result else None,
        earned=result.earned if result else 0.0,
        points=result.points if result else part.points,
    )


def _answer(part: Part, values: tuple[str, ...]) -> str:
    if isinstance(part, ChoicePart):
        return ", ".join(words(choice.text.source) for choice in part.choices if choice.id in values)
    return ", ".join(values)
