"""Asking learners about a run, keeping what they answer, and taking it back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from stoa.courseware.actions import be_content
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.models import Enrolment, Withdrawal
from stoa.insights.events import SurveyAnswered, SurveyAsked
from stoa.insights.models import Answer, Asking
from stoa.insights.rules.surveys import DONE, REASON, WORDS, Ended, Survey, check
from stoa.kernel.bus import publish

_ASK = """
INSERT INTO insights_asking (enrolment_id, survey, at, ended) VALUES (%s, %s, %s, %s)
ON CONFLICT (enrolment_id, survey) DO NOTHING
"""


@transaction.atomic
def ask(*, enrolment: Enrolment, survey: Survey, at: datetime, ended: Ended | None = None) -> bool:
    """Ask a learner, unless they were asked before; whether that is new."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [enrolment.pk, survey, at, ended or ""])
        new = int(cursor.rowcount) > 0
    if new:
        publish(SurveyAsked(**of_enrolment(enrolment), survey=survey))
    return new


@transaction.atomic
def answer(*, enrolment: Enrolment, survey: Survey, said: Mapping[str, str], at: datetime) -> None:
    """Keep what a learner answers, question by question, and ask no more; an empty answer takes an earlier one back.

    Whoever says that they have what they wanted is reminded of nothing from now on.
    Raises NoSuchAnswer, TooManyWords.
    """
    keep(enrolment=enrolment, survey=survey, said=said, at=at)
    Asking.objects.filter(enrolment=enrolment, survey=survey, over_at=None).update(over_at=at)
    if said.get(REASON) == DONE and not Withdrawal.objects.filter(enrolment=enrolment).exists():
        be_content(enrolment=enrolment, at=at)


@transaction.atomic
def keep(*, enrolment: Enrolment, survey: Survey, said: Mapping[str, str], at: datetime) -> None:
    """Keep answers; what is still open stays open. Raises NoSuchAnswer, TooManyWords."""
    for question, answered in said.items():
        check(survey, question, answered)
    ask(enrolment=enrolment, survey=survey, at=at)
    # Two presses at once are kept one after the other.
    Asking.objects.select_for_update().get(enrolment=enrolment, survey=survey)
    own = Answer.objects.filter(enrolment=enrolment, survey=survey)
    before = dict(own.values_list("question", "answer"))
    new = {question: answered for question, answered in said.items() if answered != before.get(question, "")}
    about = {"enrolment": enrolment, "survey": survey, "at": at}
    Answer.objects.bulk_create(
        [Answer(**about, question=question, answer=answered) for question, answered in new.items() if answered],
        update_conflicts=True,
        unique_fields=["enrolment", "survey", "question"],
        update_fields=["answer", "at"],
    )
    if gone := [question for question, answered in new.items() if not answered]:
        own.filter(question__in=gone).delete()
    for question, answered in new.items():
        _tell(enrolment, survey, question, answered)


@transaction.atomic
def skip(*, enrolment: Enrolment, survey: Survey, at: datetime) -> None:
    """The learner would rather not say: nothing is kept, and they are not asked again."""
    ask(enrolment=enrolment, survey=survey, at=at)
    Asking.objects.filter(enrolment=enrolment, survey=survey, over_at=None).update(over_at=at)


@transaction.atomic
def take_back(*, given: Answer) -> None:
    """Delete an answer, here and in the figures; it is not asked for again."""
    given.delete()
    _tell(given.enrolment, Survey(given.survey), given.question, "")


@transaction.atomic
def move_answers(*, enrolment: Enrolment, left: Enrolment) -> None:
    """A learner goes on in another run: what they came for goes along, and the way out is asked about there."""
    for given in Answer.objects.filter(enrolment=enrolment).order_by("pk"):
        _tell(left, Survey(given.survey), given.question, "")
    for model in (Answer, Asking):
        model.objects.filter(enrolment=enrolment, survey=Survey.EXIT).delete()
    for asking in Asking.objects.filter(enrolment=enrolment):
        publish(SurveyAsked(**of_enrolment(enrolment), survey=asking.survey))
    for given in Answer.objects.filter(enrolment=enrolment).order_by("pk"):
        _tell(enrolment, Survey(given.survey), given.question, given.answer)


def _tell(enrolment: Enrolment, survey: Survey, question: str, answered: str) -> None:
    if question != WORDS:
        words = of_enrolment(enrolment)
        publish(SurveyAnswered(**words, survey=survey, question=question, answer=answered or None))
