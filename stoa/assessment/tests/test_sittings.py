"""Quizzes with a time limit, drafts, rescoring and the score book."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stoa.assessment.actions import (
    AnswersRefused,
    Lowering,
    NoAttemptsLeft,
    NotStarted,
    ReasonMissing,
    TimeIsUp,
    TooSoon,
    extend_time,
    rescore,
    start,
    take_hint,
)
from stoa.assessment.models import RescoredSheet, Rescoring, Sheet
from stoa.assessment.queries import QuizState, QuizUnknown, score_table, score_tables
from stoa.assessment.tests.makers import (
    MONDAY,
    a_classroom,
    a_course_of,
    a_place_in,
    a_quiz,
    a_word,
    choose_one,
    moved_to,
)
from stoa.coursedoc.model import Choice, Quiz, Reading, ScorePart, ScoreScheme, Text

pytestmark = pytest.mark.django_db
TIMED = a_quiz(choose_one(), a_word(), minutes_allowed=10.0)


def after(minutes: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=minutes)


def test_time_begins_when_the_learner_says_so() -> None:
    ada = a_classroom(TIMED)

    with pytest.raises(NotStarted):
        ada.saves(p="b")
    with pytest.raises(NotStarted):
        ada.submits(p="b", w="while")
    start(enrolment=ada.enrolment, item_id="loops", at=MONDAY)
    start(enrolment=ada.enrolment, item_id="loops", at=MONDAY + after(5))

    view = ada.sees(at=MONDAY + after(9))
    assert (view.state, view.ends_at, view.minutes) == (QuizState.OPEN, MONDAY + after(10), 10.0)
    assert ada.submits(p="b", w="while", at=MONDAY + after(9)).share == 1.0
    assert ada.sees().state is QuizState.NOT_STARTED


def test_once_the_time_is_up_what_was_saved_counts() -> None:
    ada = a_classroom(TIMED)
    start(enrolment=ada.enrolment, item_id="loops", at=MONDAY)
    ada.saves(p="b", at=MONDAY + after(9))

    with pytest.raises(TimeIsUp):
        ada.saves(p="b", w="while", at=MONDAY + after(11))
    state = ada.sees(at=MONDAY + after(11)).state
    attempt = ada.submits(p="b", w="while", at=MONDAY + after(11))

    assert (state, attempt.answers, attempt.share) == (QuizState.TIME_IS_UP, {"p": ["b"]}, 0.5)


def test_a_learner_may_get_more_time() -> None:
    ada = a_classroom(TIMED)
    for minutes in (1, 15):
        extend_time(
            enrolment=ada.enrolment, item_id="", minutes=minutes, reason="Reads by screen reader", by=None, at=MONDAY
        )
    start(enrolment=ada.enrolment, item_id="loops", at=MONDAY)

    assert ada.submits(p="b", w="while", at=MONDAY + after(24)).share == 1.0


def test_a_closed_quiz_is_neither_started_nor_saved_and_waits_are_kept() -> None:
    ada = a_classroom(replace(TIMED, attempts=2, wait_seconds=60))
    start(enrolment=ada.enrolment, item_id="loops", at=MONDAY)
    ada.submits(p="a", w="for")

    with pytest.raises(TooSoon):
        start(enrolment=ada.enrolment, item_id="loops", at=MONDAY + after(0.5))
    start(enrolment=ada.enrolment, item_id="loops", at=MONDAY + after(2))
    ada.submits(p="a", w="if", at=MONDAY + after(3))

    with pytest.raises(NoAttemptsLeft):
        start(enrolment=ada.enrolment, item_id="loops", at=MONDAY + after(5))
    with pytest.raises(NoAttemptsLeft):
        ada.saves(p="b", at=MONDAY + after(5))


def test_a_draft_is_shown_until_it_is_handed_in() -> None:
    ada = a_classroom(a_quiz(a_word()))
    ada.submits(w="for")

    ada.saves(w="whi", at=MONDAY + after(1))

    view = ada.sees()
    assert (view.parts[0].value, view.parts[0].verdict, view.saved_at) == ("whi", None, MONDAY + after(1))
    ada.submits(w="while", at=MONDAY + after(2))
    assert (ada.sees().parts[0].value, ada.sees().parts[0].verdict, ada.sees().saved_at) == ("while", "right", None)


def test_a_save_that_arrives_after_its_hand_in_makes_no_draft() -> None:
    ada = a_classroom(a_quiz(a_word()))
    ada.submits(w="while")

    ada.saves(w="while", at=MONDAY + after(1))

    assert Sheet.objects.get().saved_at is None


def test_a_draft_that_can_not_be_kept_says_why() -> None:
    ada = a_classroom()

    with pytest.raises(AnswersRefused):
        ada.saves(p="z")

    assert not Sheet.objects.exists()


def test_there_are_only_as_many_hints_as_there_are() -> None:
    ada = a_classroom(a_quiz(hints=(Text(source="one"),)))

    taken = [take_hint(enrolment=ada.enrolment, item_id="loops") for _ in range(3)]

    assert (taken, ada.sees().hints, ada.sees().hints_left) == ([1, 1, 1], ("<p>one</p>",), 0)


def _corrected(right: str) -> Quiz:
    part = choose_one()
    choices = tuple(Choice(id=one.id, text=one.text, correct=one.id == right) for one in part.choices)
    return a_quiz(replace(part, choices=choices))


def test_a_corrected_key_raises_scores_and_lowers_none_silently() -> None:
    ada = a_classroom(_corrected("b"))
    bo, cy = a_place_in(ada.run, "Bo Lind"), a_place_in(ada.run, "Cy Moss")
    ada.submits(p="a")
    bo.submits(p="b")
    cy.submits(p="c")
    run = moved_to(replace(a_course_of(_corrected("a")), id=ada.run.course.code), ada.run)

    done = rescore(run=run, item_id="loops", reason=" The key was wrong. ", by=None, at=MONDAY)

    changes = [(one.before, one.by_key, one.after) for one in RescoredSheet.objects.order_by("pk")]
    assert changes == [(0.0, 1.0, 1.0), (1.0, 0.0, 1.0)]
    assert (done.reason, [room.sees().best for room in (ada, bo, cy)]) == ("The key was wrong.", [1.0, 1.0, 0.0])
    assert [room.sees().rescored_for for room in (ada, bo, cy)] == ["The key was wrong.", "", ""]
    assert ada.sees().earned == 0.0


def test_scores_are_lowered_only_with_an_announced_reason() -> None:
    ada = a_classroom(_corrected("b"))
    ada.submits(p="b")
    run = moved_to(replace(a_course_of(_corrected("a")), id=ada.run.course.code), ada.run)

    with pytest.raises(ReasonMissing):
        rescore(run=run, item_id="loops", reason="  ", by=None, at=MONDAY)
    with pytest.raises(QuizUnknown):
        rescore(run=run, item_id="other", reason="Why not", by=None, at=MONDAY)
    rescore(run=run, item_id="loops", reason="b was wrong", by=ada.person, at=MONDAY, lowering=Lowering.ANNOUNCED)

    assert (ada.sees().best, ada.sees().rescored_for) == (0.0, "b was wrong")
    assert Rescoring.objects.get().by == ada.person


@pytest.mark.req("R101")
def test_the_score_table_says_what_was_earned_of_what() -> None:
    scheme = ScoreScheme(parts=(ScorePart(name="Quizzes", weight=1.0, drop=1),), passing=0.5)
    ada = a_classroom(*(a_quiz(item=f"quiz-{place}") for place in range(3)), scheme=scheme)
    ada.submits("quiz-0", p="b")
    ada.submits("quiz-1", p="a")

    table = score_table(version_id=ada.run.version_id, enrolment_id=ada.enrolment.pk)

    (row,) = table.rows
    assert (row.name, row.lessons, row.counted, row.begun, row.score) == ("Quizzes", 3, 2, 2, 50.0)
    assert (table.points, table.passed) == (50.0, True)


def test_score_tables_cost_one_query_whatever_their_number() -> None:
    ada = a_classroom(a_quiz(), Reading(id="text"))
    rooms = [ada, *(a_place_in(ada.run, name) for name in ("Bo Lind", "Cy Moss"))]
    for room in rooms:
        room.submits(p="b")
    counts = []

    for some in (rooms[:1], rooms):
        with CaptureQueriesContext(connection) as queries:
            tables = score_tables({room.enrolment.pk: room.run.version_id for room in some})
        counts.append(len(queries))

    assert (counts, [table.points for table in tables.values()]) == ([1, 1], [100.0, 100.0, 100.0])
