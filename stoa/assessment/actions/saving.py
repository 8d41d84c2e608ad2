"""Keeping what a learner types, and starting quizzes with a time limit."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from stoa.assessment.actions import rows
from stoa.assessment.actions.refusals import AnswersRefused, NoAttemptsLeft, NotStarted, PastDue, TimeIsUp, TooSoon
from stoa.assessment.events import HintTaken
from stoa.assessment.models import Sheet, TimeExtension
from stoa.assessment.queries.published import Published, quiz_for
from stoa.assessment.queries.sheets import SheetState, answers_of, extra_minutes, latest_of, standing_of
from stoa.assessment.rules import showing
from stoa.assessment.rules.answers import Answers, kept, unsavable
from stoa.assessment.rules.showing import Standing
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import shifts_of
from stoa.kernel.bus import publish


@transaction.atomic
def save_answers(*, enrolment: Enrolment, item_id: str, answers: Answers, at: datetime) -> datetime:
    """Keep a draft; once this returns and its transaction commits, no crash loses it.

    Raises Refused.
    """
    quiz = quiz_of(enrolment, item_id)
    given = kept(quiz.key, answers)
    if faults := unsavable(quiz.key, given):
        raise AnswersRefused(faults)
    sheet = lock_sheet(enrolment, item_id)
    standing = standing_now(enrolment, quiz, state_of(sheet), at)
    refuse_if_closed(quiz, standing)
    if quiz.key.minutes_allowed is not None and standing.started_at is None:
        raise NotStarted
    if showing.time_is_up(quiz.key, standing, at):
        raise TimeIsUp
    # A save that was on its way when the same answers were handed in makes no new draft.
    if sheet.latest is None or answers_of(sheet.latest.answers) != given:
        sheet.answers, sheet.saved_at = stored(given), at
        rows.keep_draft(sheet)
    return at


@transaction.atomic
def start(*, enrolment: Enrolment, item_id: str, at: datetime) -> None:
    """Begin an attempt at a quiz with a time limit; starting again changes nothing.

    Raises Refused.
    """
    quiz = quiz_of(enrolment, item_id)
    sheet = lock_sheet(enrolment, item_id)
    standing = standing_now(enrolment, quiz, state_of(sheet), at)
    refuse_if_closed(quiz, standing)
    refuse_if_too_soon(quiz, standing, at)
    if sheet.started_at is None:
        sheet.started_at = at
        sheet.save(update_fields=["started_at"])


@transaction.atomic
def take_hint(*, enrolment: Enrolment, item_id: str) -> int:
    """Reveal the next hint; says how many are revealed now."""
    quiz = quiz_of(enrolment, item_id)
    sheet = lock_sheet(enrolment, item_id)
    if sheet.hints < len(quiz.key.hints):
        sheet.hints += 1
        sheet.save(update_fields=["hints"])
        words = of_enrolment(enrolment)
        publish(HintTaken(**words, item_id=item_id, number=sheet.hints, of=len(quiz.key.hints)))
    return sheet.hints


@transaction.atomic
def extend_time(
    *, enrolment: Enrolment, item_id: str, minutes: float, reason: str, by: int | None, at: datetime
) -> None:
    """Give a learner more minutes in one quiz, or in all of them where none is named; a later one replaces it."""
    TimeExtension.objects.update_or_create(
        enrolment=enrolment,
        item_id=item_id,
        defaults={"minutes": minutes, "reason": reason.strip(), "by_id": by, "at": at},
    )


def quiz_of(enrolment: Enrolment, item_id: str) -> Published:
    """The quiz in the version that the learner's run shows.

    Raises QuizUnknown.
    """
    return quiz_for(version_id=enrolment.run.version_id, enrolment_id=enrolment.pk, item_id=item_id)


def lock_sheet(enrolment: Enrolment, item_id: str) -> Sheet:
    """The learner's sheet, which nobody else writes on until the transaction ends."""
    found = rows.locked(enrolment.pk, item_id)
    if found is None:
        Sheet.objects.bulk_create([Sheet(enrolment=enrolment, item_id=item_id)], ignore_conflicts=True)
        found = rows.locked(enrolment.pk, item_id)
    if found is None:
        raise Sheet.DoesNotExist
    return found


def state_of(sheet: Sheet) -> SheetState:
    """The sheet as the rules read it."""
    latest = sheet.latest
    return SheetState(
        answers=answers_of(sheet.answers),
        saved_at=sheet.saved_at,
        hints=sheet.hints,
        started_at=sheet.started_at,
        attempts=sheet.attempts,
        best=sheet.best,
        latest=latest_of(latest) if latest else None,
    )


def standing_now(enrolment: Enrolment, quiz: Published, state: SheetState, at: datetime) -> Standing:
    """How the learner stands to the quiz."""
    extra: Mapping[str, float] = extra_minutes(enrolment.pk) if quiz.key.minutes_allowed is not None else {}
    free = enrolment.run.self_paced
    shifts = shifts_of(enrolment.pk, now=at) if quiz.due and not free else ()
    return standing_of(quiz, state, self_paced=free, extra=extra, shifts=shifts, now=at)


def refuse_if_closed(quiz: Published, standing: Standing) -> None:
    """Raise where nothing can be handed in any more."""
    if standing.past_due:
        raise PastDue
    if showing.is_closed(quiz.key, standing):
        raise NoAttemptsLeft


def refuse_if_too_soon(quiz: Published, standing: Standing, at: datetime) -> None:
    """Raise where the learner has to wait."""
    opens = showing.next_attempt_at(quiz.key, standing)
    if opens and at < opens:
        raise TooSoon(opens)


def stored(answers: Answers) -> dict[str, list[str]]:
    """Answers as the database keeps them."""
    return {part: list(values) for part, values in answers.items()}
