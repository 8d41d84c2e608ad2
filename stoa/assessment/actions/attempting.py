"""Handing answers in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from hashlib import sha256

from django.db import transaction

from stoa.assessment.actions import rows
from stoa.assessment.actions.matching import matches
from stoa.assessment.actions.refusals import AnswersRefused, NotStarted
from stoa.assessment.actions.saving import (
    lock_sheet,
    quiz_of,
    refuse_if_closed,
    refuse_if_too_soon,
    save_answers,
    standing_now,
    state_of,
    stored,
)
from stoa.assessment.actions.voting import count_votes
from stoa.assessment.events import QuizAttempted, QuizPassed, ScoreChanged
from stoa.assessment.models import Attempt, Sheet
from stoa.assessment.queries.published import Published, shelf_of
from stoa.assessment.queries.scores import quizzes_passed
from stoa.assessment.queries.sheets import answers_of
from stoa.assessment.rules import edx, scoring, showing
from stoa.assessment.rules.answers import Answers, kept, unsavable, unscorable
from stoa.assessment.rules.faults import Fault
from stoa.assessment.rules.scoring import PartResult, QuizResult
from stoa.courseware.actions import complete_step
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import outline_of
from stoa.kernel.bus import publish


class Blanks(Enum):
    """What to do with parts that were left empty."""

    REFUSED = auto()
    """Ask first: nobody should lose an attempt by an oversight."""
    COUNTED = auto()
    """The learner said so, or the time is up."""


@dataclass(frozen=True, kw_only=True)
class _HandIn:
    """One hand-in on its way."""

    enrolment: Enrolment
    quiz: Published
    answers: Answers
    blanks: Blanks
    receipt: str
    at: datetime


def submit(
    *,
    enrolment: Enrolment,
    item_id: str,
    answers: Answers,
    at: datetime,
    seen: int | None = None,
    blanks: Blanks = Blanks.REFUSED,
) -> Attempt:
    """Score the answers and keep them for good.

    `seen` is the number that the learner saw on the form: the same answers under the same number are one attempt,
    however often they arrive. Raises Refused; what was typed is kept all the same.
    """
    quiz = quiz_of(enrolment, item_id)
    given = kept(quiz.key, answers)
    hand_in = _HandIn(
        enrolment=enrolment,
        quiz=quiz,
        answers=given,
        blanks=blanks,
        receipt=_receipt(given, seen) if seen is not None else "",
        at=at,
    )
    try:
        return _hand_in(hand_in)
    except AnswersRefused:
        if not unsavable(quiz.key, given):
            save_answers(enrolment=enrolment, item_id=item_id, answers=given, at=at)
        raise


@transaction.atomic
def _hand_in(hand_in: _HandIn) -> Attempt:
    enrolment, quiz = hand_in.enrolment, hand_in.quiz
    sheet = lock_sheet(enrolment, quiz.item_id)
    receipt = hand_in.receipt or _receipt(hand_in.answers, sheet.attempts + 1)
    if already := rows.handed_in_before(enrolment.pk, quiz.item_id, receipt):
        return already
    given = _counting(hand_in, sheet)
    result = scoring.score(quiz.key, given, matches=matches)
    attempt = _attempt(hand_in, sheet, given, result, receipt)
    if not quiz.key.scored:
        count_votes(run_id=enrolment.run_id, quiz=quiz, before=_before(sheet), after=given)
    _settle(hand_in, sheet, attempt, result)
    return attempt


def _counting(hand_in: _HandIn, sheet: Sheet) -> Answers:
    """The answers that count: those handed in, or, once the time is up, those saved before."""
    quiz = hand_in.quiz
    standing = standing_now(hand_in.enrolment, quiz, state_of(sheet), hand_in.at)
    refuse_if_closed(quiz, standing)
    refuse_if_too_soon(quiz, standing, hand_in.at)
    if quiz.key.minutes_allowed is not None and standing.started_at is None:
        raise NotStarted
    if showing.time_is_up(quiz.key, standing, hand_in.at):
        saved = kept(quiz.key, answers_of(sheet.answers)) if sheet.saved_at else {}
        # Choices may have left the course since.
        return {part: values for part, values in saved.items() if part not in unscorable(quiz.key, saved)}
    faults = unscorable(quiz.key, hand_in.answers)
    if hand_in.blanks is Blanks.COUNTED:
        faults = {part: fault for part, fault in faults.items() if fault is not Fault.EMPTY}
    if faults:
        raise AnswersRefused(faults)
    return hand_in.answers


def _attempt(hand_in: _HandIn, sheet: Sheet, given: Answers, result: QuizResult, receipt: str) -> Attempt:
    return Attempt(
        enrolment=hand_in.enrolment,
        item_id=hand_in.quiz.item_id,
        version_id=hand_in.enrolment.run.version_id,
        number=sheet.attempts + 1,
        allowed=hand_in.quiz.key.attempts,
        answers=stored(given),
        results=[_stored(part) for part in result.parts],
        earned=result.earned,
        out_of=result.out_of,
        share=result.share,
        at=hand_in.at,
        receipt=receipt,
    )


def _stored(part: PartResult) -> dict[str, object]:
    return {
        "part": part.part,
        "verdict": part.verdict,
        "earned": part.earned,
        "points": part.points,
        "feedback": list(part.feedback),
    }


def _settle(hand_in: _HandIn, sheet: Sheet, attempt: Attempt, result: QuizResult) -> None:
    before = sheet.best
    best = max(result.share, before or 0.0)
    rows.hand_in(sheet, attempt, best=best)
    _announce(hand_in, attempt, result)
    if best != before:
        _announce_score(hand_in, best, before)


def _announce(hand_in: _HandIn, attempt: Attempt, result: QuizResult) -> None:
    key, given = hand_in.quiz.key, answers_of(attempt.answers)
    results = {part.part: part for part in result.parts}
    publish(
        QuizAttempted(
            **of_enrolment(hand_in.enrolment),
            item_id=key.id,
            attempt_id=attempt.pk,
            number=attempt.number,
            earned=result.earned,
            out_of=result.out_of,
            share=result.share,
            right=result.right,
            answers=edx.answers(key, given),
            correct_map=edx.correct_map(key, results),
            submission=edx.submission(key, given, results),
        )
    )


def _announce_score(hand_in: _HandIn, best: float, before: float | None) -> None:
    quiz, enrolment = hand_in.quiz, hand_in.enrolment
    words = of_enrolment(enrolment)
    if quiz.out_of:
        publish(ScoreChanged(**words, item_id=quiz.item_id, earned=best * quiz.out_of, out_of=quiz.out_of))
    line = shelf_of(enrolment.run.version_id).scheme.passing
    if best >= line and (before is None or before < line):
        publish(QuizPassed(**words, item_id=quiz.item_id, step_id=quiz.step_id))
        _complete_step(enrolment, quiz, hand_in.at)


def _complete_step(enrolment: Enrolment, quiz: Published, at: datetime) -> None:
    """A step that is about its quizzes is done once all of them are passed."""
    version_id = enrolment.run.version_id
    step = outline_of(version_id).step(quiz.step_id)
    if step is None or step.kind != "quiz":
        return
    shelf = shelf_of(version_id)
    others = [
        other.item_id
        for other in shelf.quizzes.values()
        if other.step_id == quiz.step_id and not other.hidden and shelf.is_given(other, enrolment.pk)
    ]
    if quizzes_passed(version_id=version_id, enrolment_id=enrolment.pk, item_ids=others):
        complete_step(enrolment=enrolment, step_id=quiz.step_id, at=at)


def _before(sheet: Sheet) -> Mapping[str, tuple[str, ...]]:
    return answers_of(sheet.latest.answers) if sheet.latest else {}


def _receipt(answers: Answers, number: int) -> str:
    """Names a hand-in: the number that the learner saw and everything they answered."""
    told = json.dumps([number, sorted((part, list(values)) for part, values in answers.items())])
    return sha256(told.encode()).hexdigest()
