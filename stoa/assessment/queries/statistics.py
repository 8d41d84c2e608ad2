"""How the learners of a run do at each quiz and each of its questions; the database counts, nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from stoa.assessment.queries.published import Published, shelf_of
from stoa.assessment.rules.edx import words
from stoa.assessment.rules.item_statistics import Facts, Remark, remark
from stoa.courseware.queries import Desk

_QUIZZES = """
SELECT attempt.item_id, count(DISTINCT attempt.enrolment_id), count(*),
       avg(attempt.share) FILTER (WHERE attempt.number = 1),
       avg((attempt.share >= 1)::int) FILTER (WHERE attempt.number = 1)
FROM assessment_attempt AS attempt JOIN courseware_enrolment AS enrolment ON enrolment.id = attempt.enrolment_id
WHERE enrolment.run_id = %s GROUP BY attempt.item_id
"""
_QUESTIONS = """
SELECT attempt.item_id, result.part, count(*), avg(result.earned / result.points),
       corr(result.earned / result.points,
            (attempt.earned - result.earned) / nullif(attempt.out_of - result.points, 0))
FROM assessment_attempt AS attempt JOIN courseware_enrolment AS enrolment ON enrolment.id = attempt.enrolment_id
CROSS JOIN LATERAL jsonb_to_recordset(attempt.results) AS result(part text, earned float, points float)
WHERE enrolment.run_id = %s AND attempt.number = 1 AND result.points > 0
GROUP BY attempt.item_id, result.part
"""


@dataclass(frozen=True, kw_only=True)
class QuestionStatistics:
    """A question and what first attempts say of it."""

    number: int
    words: str
    facts: Facts
    remark: Remark


@dataclass(frozen=True, kw_only=True)
class QuizStatistics:
    """A quiz of the run."""

    item_id: str
    title: str
    step_id: str
    step: str
    learners: int
    attempts: int
    first: float
    """Mean share of the points at the first attempt."""
    whole: float
    """Share of learners with all points at the first attempt."""
    questions: tuple[QuestionStatistics, ...]


def quiz_statistics(desk: Desk) -> tuple[QuizStatistics, ...]:
    """The quizzes of the run that somebody has answered, in the order of the course; two queries for any number."""
    with connection.cursor() as cursor:
        cursor.execute(_QUIZZES, [desk.run_id])
        counted = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_QUESTIONS, [desk.run_id])
        facts = {
            (item, part): Facts(attempts=attempts, facility=facility, discrimination=discrimination)
            for item, part, attempts, facility, discrimination in cursor.fetchall()
        }
    quizzes = [quiz for quiz in shelf_of(desk.version_id).quizzes.values() if quiz.item_id in counted]
    places = desk.outline.places
    quizzes.sort(key=lambda quiz: places.get(quiz.step_id, len(places)))
    return tuple(_statistics(desk, quiz, counted[quiz.item_id], facts) for quiz in quizzes)


def _statistics(
    desk: Desk,
    quiz: Published,
    counts: tuple[int, int, float | None, float | None],
    facts: Mapping[tuple[str, str], Facts],
) -> QuizStatistics:
    learners, attempts, first, whole = counts
    step = desk.outline.step(quiz.step_id)
    return QuizStatistics(
        item_id=quiz.item_id,
        title=quiz.face.title,
        step_id=quiz.step_id,
        step=step.title if step else "",
        learners=learners,
        attempts=attempts,
        first=float(first or 0),
        whole=float(whole or 0),
        questions=tuple(_questions(quiz, facts)),
    )


def _questions(quiz: Published, facts: Mapping[tuple[str, str], Facts]) -> list[QuestionStatistics]:
    return [
        QuestionStatistics(
            number=number,
            words=words((part.label or part.stem).source),
            facts=known,
            remark=remark(known),
        )
        for number, part in enumerate(quiz.face.parts, 1)
        if (known := facts.get((quiz.item_id, part.id)))
    ]
