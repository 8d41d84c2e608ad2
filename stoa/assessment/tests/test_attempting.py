from dataclasses import replace
from datetime import timedelta

import pytest

from stoa.assessment.actions import AnswersRefused, Blanks, NoAttemptsLeft, PastDue, TooSoon
from stoa.assessment.events import QuizAttempted, QuizPassed
from stoa.assessment.models import Attempt
from stoa.assessment.queries import QuizState, QuizUnknown, drawn_items
from stoa.assessment.rules.faults import Fault
from stoa.assessment.tests.makers import (
    MONDAY,
    a_classroom,
    a_course_of,
    a_number,
    a_quiz,
    a_word,
    choose_many,
    choose_one,
    moved_to,
    own_words,
)
from stoa.coursedoc.model import Pool
from stoa.courseware.actions import shift_dates
from stoa.kernel.bus import when

pytestmark = pytest.mark.django_db


@pytest.mark.req("R101")
def test_a_right_answer_earns_its_points_and_says_why() -> None:
    ada = a_classroom(a_quiz(choose_one(points=2)))

    attempt = ada.submits(p="b")

    view = ada.sees()
    assert (attempt.number, attempt.earned, attempt.out_of, attempt.share) == (1, 2.0, 2.0, 1.0)
    assert (view.parts[0].verdict, view.parts[0].feedback) == ("right", ("Now it can become no.",))
    assert (view.earned, view.best, view.right) == (2.0, 2.0, True)


def test_several_parts_are_scored_together_and_weighed() -> None:
    quiz = a_quiz(choose_one(), a_number(), a_word(), choose_many(), weight=8.0)
    ada = a_classroom(quiz)

    attempt = ada.submits(p="b", n="7/2", w=" While ", m=["a", "b"])

    assert (attempt.earned, attempt.out_of) == (6.0, 8.0)
    assert [part["verdict"] for part in attempt.results] == ["right", "right", "right", "wrong"]


def test_the_best_attempt_counts_and_the_latest_is_shown() -> None:
    ada = a_classroom()

    ada.submits(p="b")
    ada.submits(p="a")

    view = ada.sees()
    assert (view.attempts, view.earned, view.best) == (2, 0.0, 1.0)


def test_a_double_click_is_one_attempt() -> None:
    ada = a_classroom(a_quiz(attempts=2))

    first, second = ada.submits(p="a", seen=1), ada.submits(p="a", seen=1)

    assert first == second
    assert ada.sees().attempts == 1


def test_other_answers_under_the_number_of_an_old_page_are_another_attempt() -> None:
    ada = a_classroom()

    ada.submits(p="a", seen=1)
    ada.submits(p="b", seen=1)

    assert [attempt.answers for attempt in Attempt.objects.order_by("number")] == [{"p": ["a"]}, {"p": ["b"]}]


def test_no_attempt_is_taken_beyond_the_allowed() -> None:
    ada = a_classroom(a_quiz(attempts=1))
    ada.submits(p="a")

    with pytest.raises(NoAttemptsLeft):
        ada.submits(p="b")

    assert (ada.sees().state, ada.sees().best) == (QuizState.CLOSED, 0.0)


def test_one_waits_between_two_attempts() -> None:
    ada = a_classroom(a_quiz(wait_seconds=30))
    ada.submits(p="a")

    with pytest.raises(TooSoon):
        ada.submits(p="b", at=MONDAY + timedelta(seconds=29))

    assert ada.sees(at=MONDAY + timedelta(seconds=29)).state is QuizState.WAITING
    assert ada.submits(p="b", at=MONDAY + timedelta(seconds=30)).number == 2


def test_a_number_that_can_be_read_in_two_ways_costs_no_attempt_and_is_kept() -> None:
    ada = a_classroom(a_quiz(a_number(), attempts=1))

    with pytest.raises(AnswersRefused) as refused:
        ada.submits(n="1,234")

    assert refused.value.faults == {"n": Fault.EITHER_COMMA}
    assert (ada.sees().attempts, ada.sees().parts[0].value) == (0, "1,234")


def test_what_was_left_empty_is_asked_about_before_it_counts() -> None:
    ada = a_classroom(a_quiz(choose_one(), a_word(), attempts=1))

    with pytest.raises(AnswersRefused) as refused:
        ada.submits(p="b")
    attempt = ada.submits(p="b", blanks=Blanks.COUNTED)

    assert refused.value.faults == {"w": Fault.EMPTY}
    assert attempt.share == 0.5


def test_a_date_closes_a_quiz_only_where_the_run_has_dates() -> None:
    due = MONDAY + timedelta(days=1)
    strict, relaxed = a_classroom(due=due, self_paced=False), a_classroom(due=due)

    with pytest.raises(PastDue):
        strict.submits(p="b", at=due + timedelta(hours=1))

    assert relaxed.submits(p="b", at=due + timedelta(hours=1)).share == 1.0


@pytest.mark.req("R081")
def test_a_shifted_date_closes_later_but_opens_nothing_that_was_closed() -> None:
    due = MONDAY + timedelta(days=1)
    early, late = a_classroom(due=due, self_paced=False), a_classroom(due=due, self_paced=False)
    shift_dates(enrolment=early.enrolment, days=7, at=MONDAY)
    shift_dates(enrolment=late.enrolment, days=7, at=due + timedelta(hours=1))

    with pytest.raises(PastDue):
        late.submits(p="b", at=due + timedelta(hours=2))

    assert early.submits(p="b", at=due + timedelta(days=6)).share == 1.0


def test_own_words_are_complete_once_written() -> None:
    ada = a_classroom(a_quiz(own_words(), scored=True))

    attempt = ada.submits(f="That a loop needs three things.")

    assert (attempt.share, attempt.results[0]["verdict"]) == (1.0, "given")


def test_scores_stay_when_the_course_moves_on() -> None:
    ada = a_classroom()
    ada.submits(p="b")
    longer = replace(a_course_of(a_quiz(choose_one(), a_word())), id=ada.run.course.code)

    moved_to(longer, ada.run)

    view = ada.sees()
    assert (view.best, view.points, view.attempts) == (2.0, 2.0, 1)
    assert Attempt.objects.get().out_of == 1.0


def test_a_quiz_step_is_done_once_all_its_quizzes_are_passed() -> None:
    ada = a_classroom(a_quiz(), a_quiz(item="second"))

    ada.submits(p="a")
    before = set(ada.desk().done)
    ada.submits(p="b")

    assert (before, set(ada.desk().done)) == (set(), {"step-0"})


def test_to_a_learner_the_undrawn_items_of_a_pool_do_not_exist() -> None:
    pool = Pool(id="pool", draw=1, items=(a_quiz(item="one"), a_quiz(item="two")))
    ada = a_classroom(pool)
    version_id = ada.run.version_id
    drawn = drawn_items(version_id=version_id, enrolment_id=ada.enrolment.pk, pool_id="pool")
    (other,) = {"one", "two"} - set(drawn)

    assert ada.submits(drawn[0], p="b").share == 1.0
    with pytest.raises(QuizUnknown):
        ada.submits(other, p="b")


def test_a_hidden_quiz_does_not_exist_to_learners() -> None:
    ada = a_classroom(a_quiz(hidden=True))

    with pytest.raises(QuizUnknown):
        ada.submits(p="b")


def test_every_attempt_is_told_in_the_words_of_the_tracking_log() -> None:
    told: list[QuizAttempted] = []
    passed: list[QuizPassed] = []
    ada = a_classroom(a_quiz(choose_one(), choose_many()))
    when(QuizAttempted)(told.append)
    when(QuizPassed)(passed.append)

    ada.submits(p="b", m=["a", "c"])

    tracked = told[0].tracked()
    assert tracked is not None
    key = f"{ada.run.course.organisation.slug}+{ada.run.course.slug}+2026-1"
    assert (tracked.event_type, tracked.course_id) == ("problem_check", f"course-v1:{key}")
    assert dict(tracked.event) == {
        "problem_id": f"block-v1:{key}+type@problem+block@loops",
        "attempts": 1,
        "grade": 2.0,
        "max_grade": 2.0,
        "success": "correct",
        "answers": {"loops_2_1": "b", "loops_3_1": ["a", "c"]},
        "correct_map": {
            "loops_2_1": {"correctness": "correct", "npoints": 1.0},
            "loops_3_1": {"correctness": "correct", "npoints": 1.0},
        },
        "submission": {
            "loops_2_1": {
                "question": "Which change makes this loop stop?",
                "answer": "Count down",
                "response_type": "multiplechoiceresponse",
                "input_type": "choicegroup",
                "correct": True,
                "variant": "",
                "group_label": "",
            },
            "loops_3_1": {
                "question": "Which are lists?",
                "answer": ["Choice a", "Choice c"],
                "response_type": "choiceresponse",
                "input_type": "checkboxgroup",
                "correct": True,
                "variant": "",
                "group_label": "",
            },
        },
        "state": {},
    }
    assert [fact.item_id for fact in passed] == ["loops"]
