"""What a learner is asked about a run now, and what they answered."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from stoa.accounts.models import Person
from stoa.courseware.queries import Desk
from stoa.insights.models import Answer
from stoa.insights.queries.survey_words import answer_of, choices_of, question_of
from stoa.insights.rules.surveys import INTENT, INTENT_ASKED_FOR, SATISFIED, Survey


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with its answers as (value, words), and the value that was given, if any."""

    survey: str
    name: str
    words: str
    choices: tuple[tuple[str, str], ...]
    given: str = ""

    @property
    def given_words(self) -> str:
        """What was answered, in words."""
        return answer_of(self.survey, self.name, self.given) if self.given else ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the page of a run asks its learner."""

    intent: Question | None = None
    """The question of the way in, while it is open."""
    exit: Question | None = None
    """The question of the way out, for whoever is through."""
    came_for: str = ""
    """What they said that they came for."""


_ASKED = """
SELECT survey, at, '' FROM insights_asking WHERE enrolment_id = %(enrolment)s AND over_at IS NULL
UNION ALL
SELECT '', at, answer FROM insights_answer
WHERE enrolment_id = %(enrolment)s AND survey = %(way_in)s AND question = %(intent)s
"""
"""What is asked now and since when, and what they said that they came for."""


def asked_at(desk: Desk, *, finished: bool, at: datetime) -> Asked:
    """What is open for the learner at this desk; nothing for visitors and the team."""
    if not desk.enrolled or desk.team:
        return Asked()
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"enrolment": desk.enrolment_id, "way_in": Survey.ENROLMENT, "intent": INTENT})
        rows = cursor.fetchall()
    since = {survey: asked for survey, asked, _ in rows if survey}
    intent = next((answer for survey, _, answer in rows if not survey), "")
    fresh = Survey.ENROLMENT in since and at - since[Survey.ENROLMENT] < INTENT_ASKED_FOR
    through = Survey.EXIT in since and (finished or desk.fulfilled_at is not None)
    return Asked(
        intent=question(Survey.ENROLMENT, INTENT) if fresh and not intent else None,
        exit=question(Survey.EXIT, SATISFIED) if through else None,
        came_for=answer_of(Survey.ENROLMENT, INTENT, intent) if intent else "",
    )


def answers_in(enrolment_id: int | None) -> Mapping[tuple[str, str], str]:
    """What was answered in a run, by survey and question."""
    rows = Answer.objects.filter(enrolment=enrolment_id).values_list("survey", "question", "answer")
    return {(survey, name): answer for survey, name, answer in rows}


def question(survey: Survey, name: str, given: str = "") -> Question:
    """A question as a page shows it."""
    return Question(
        survey=survey, name=name, words=question_of(survey, name), choices=choices_of(survey, name), given=given
    )


@dataclass(frozen=True, kw_only=True)
class OwnAnswer:
    """An answer, to whoever gave it."""

    number: int
    survey: str
    question: str
    answer: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OwnRun:
    """A run and what was answered there."""

    title: str
    run: str
    language: str
    address: str
    answers: tuple[OwnAnswer, ...]


def own_answers(person: Person) -> tuple[OwnRun, ...]:
    """Everything that somebody answered about courses, the newest run first."""
    rows = Answer.objects.filter(enrolment__person=person).select_related("enrolment__run__course")
    by_run = defaultdict[int, list[Answer]](list)
    for row in rows.order_by("-enrolment__at", "-enrolment", "pk"):
        by_run[row.enrolment_id].append(row)
    return tuple(_own_run(answers) for answers in by_run.values())


def own_answer(person: Person, number: int) -> Answer | None:
    """An answer of this person's own."""
    own = Answer.objects.select_related("enrolment__run__course__organisation")
    return own.filter(pk=number, enrolment__person=person).first()


@dataclass(frozen=True, kw_only=True)
class AnswerRecord:
    """An answer, for its giver to take away."""

    survey: str
    question: str
    answer: str
    words: str
    at: datetime


def answer_record(person_id: int) -> Mapping[int, tuple[AnswerRecord, ...]]:
    """Everything that somebody answered, by enrolment."""
    found = defaultdict[int, tuple[AnswerRecord, ...]](tuple)
    for row in Answer.objects.filter(enrolment__person=person_id).order_by("pk"):
        found[row.enrolment_id] += (
            AnswerRecord(
                survey=row.survey,
                question=row.question,
                answer=row.answer,
                words=answer_of(row.survey, row.question, row.answer),
                at=row.at,
            ),
        )
    return found


def _own_run(answers: list[Answer]) -> OwnRun:
    run = answers[0].enrolment.run
    return OwnRun(
        title=run.course.title,
        run=run.code,
        language=run.course.language,
        address=f"/courses/{run.course.slug}/runs/{run.code}/",
        answers=tuple(
            OwnAnswer(
                number=row.pk,
                survey=row.survey,
                question=question_of(row.survey, row.question),
                answer=answer_of(row.survey, row.question, row.answer),
                at=row.at,
            )
            for row in answers
        ),
    )
