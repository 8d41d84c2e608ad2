import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from stoa.assessment.actions import take_hint
from stoa.assessment.models import Attempt, Sheet
from stoa.assessment.queries import quiz_views, score_table
from stoa.assessment.queries.published import forget
from stoa.assessment.tests.makers import (
    MONDAY,
    Classroom,
    a_classroom,
    a_number,
    a_place_in,
    a_quiz,
    a_word,
    choose_many,
    choose_one,
    own_words,
)
from stoa.coursedoc.model import Choice, Text
from stoa.coursedoc.model.quizzes import ChoiceKind, ShowAnswer
from stoa.courseware.queries import desk_for

pytestmark = pytest.mark.django_db
PIECE = {"x-stoa-piece": "quiz"}


def signed_in(room: Classroom) -> Client:
    """The learner's browser."""
    client = Client()
    client.force_login(room.person)
    return client


def html_of(room: Classroom, item: str = "loops") -> str:
    """The quiz as it stands in a lesson."""
    return render_to_string("assessment/_quiz.html", {"quiz": room.sees(item)}, RequestFactory().get("/"))


def test_answers_handed_in_lead_back_to_the_quiz_in_its_lesson() -> None:
    ada = a_classroom()

    response = signed_in(ada).post(ada.address("attempts/"), {"part-p": "b", "seen": "1"})

    lesson = f"/courses/{ada.run.course.slug}/runs/2026-1/steps/step-0/#quiz-loops"
    assert (response.status_code, response.headers["Location"]) == (302, lesson)
    assert Attempt.objects.get().answers == {"p": ["b"]}


def test_a_script_gets_the_quiz_with_its_feedback() -> None:
    ada = a_classroom()

    response = signed_in(ada).post(ada.address("attempts/"), {"part-p": "a", "seen": "1"}, headers=PIECE)

    page = response.content.decode()
    assert page.startswith('\n<article class="card quiz"')
    assert "<b>Not right.</b> <span>It would start again at 3 for ever.</span>" in page


def test_saved_is_said_with_its_time_and_the_draft_is_there_again() -> None:
    ada = a_classroom(a_quiz(a_word()))
    browser = signed_in(ada)

    response = browser.post(ada.address("answers/"), {"part-w": "whi"}, headers=PIECE)

    saved = Sheet.objects.get().saved_at
    assert f"Saved {saved:%H:%M}" in response.content.decode()
    assert 'value="whi"' in browser.get(ada.address()).content.decode()


def test_what_can_not_be_taken_comes_back_with_what_to_do() -> None:
    ada = a_classroom(a_quiz(a_number()))

    response = signed_in(ada).post(ada.address("attempts/"), {"part-n": "3 apples", "seen": "1"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="3 apples"' in page
    assert 'aria-invalid="true"' in page
    assert "leave units out" in page
    assert "No attempt is used." in page


def test_another_learners_quiz_can_not_be_reached() -> None:
    ada, stranger = a_classroom(), a_classroom()

    response = signed_in(stranger).post(ada.address("attempts/"), {"part-p": "b"})

    assert response.status_code == 404
    assert not Attempt.objects.exists()


def test_two_learners_of_a_run_never_see_each_others_answers() -> None:
    ada = a_classroom(a_quiz(a_word()))
    bo = a_place_in(ada.run, "Bo Lind")
    ada.saves(w="my own secret words")

    assert "my own secret words" not in signed_in(bo).get(ada.address()).content.decode()


def test_a_visitor_is_asked_to_sign_in() -> None:
    ada = a_classroom()

    response = Client().post(ada.address("attempts/"), {"part-p": "b"})

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_parts_that_do_not_exist_are_left_out_and_choices_that_do_not_exist_refused() -> None:
    ada = a_classroom()
    browser = signed_in(ada)

    unknown = browser.post(ada.address("attempts/"), {"part-p": "z"})
    browser.post(ada.address("attempts/"), {"part-p": "b", "part-other": "x", "earned": "100"})

    assert unknown.status_code == 422
    assert [attempt.answers for attempt in Attempt.objects.all()] == [{"p": ["b"]}]


def test_two_choices_where_one_is_asked_earn_nothing() -> None:
    ada = a_classroom()

    response = signed_in(ada).post(ada.address("attempts/"), {"part-p": ["a", "b"]})

    assert response.status_code == 422
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("text", ["x" * 60_000, "9" * 5_000, "(" * 400, "2^" * 140 + "2"])
def test_oversized_answers_are_refused_with_words(text: str) -> None:
    ada = a_classroom(a_quiz(a_word(), a_number()))

    response = signed_in(ada).post(ada.address("attempts/"), {"part-w": "while", "part-n": text})

    assert response.status_code == 422
    assert not Attempt.objects.exists()


def test_the_key_is_nowhere_in_the_page_before_it_may_be_shown() -> None:
    quiz = a_quiz(
        choose_one(),
        a_number(value="1234.5"),
        a_word("w", "hidden-word"),
        hints=(Text(source="hidden-hint"),),
        solution=Text(source="hidden-solution"),
        attempts=3,
    )
    ada = a_classroom(quiz)
    ada.submits(p="a", n="7", w="nothing")

    page = html_of(ada)

    for secret in ("1234.5", "hidden-word", "hidden-hint", "hidden-solution", "Now it can become no.", "correct"):
        assert secret not in page


def test_solutions_show_when_the_author_lets_them() -> None:
    ada = a_classroom(a_quiz(choose_one(), show_answer=ShowAnswer.ATTEMPTED, solution=Text(source="All of it.")))
    ada.submits(p="a")

    page = html_of(ada)

    assert "The question must be able to become no." in page
    assert "All of it." in page
    assert page.count("right answer") == 1


def test_hints_come_one_by_one() -> None:
    ada = a_classroom(a_quiz(hints=(Text(source="first-hint"), Text(source="second-hint"))))

    take_hint(enrolment=ada.enrolment, item_id="loops")

    page = html_of(ada)
    assert ("first-hint" in page, "second-hint" in page, "Next hint" in page) == (True, False, True)


def test_blanks_stand_inside_the_authors_text() -> None:
    dropdown = replace(choose_one("d"), kind=ChoiceKind.DROPDOWN)
    layout = Text(source="<table><tr><td>{{part d}}</td><td>{{ part w }}</td></tr></table>")
    ada = a_classroom(a_quiz(dropdown, a_word(), layout=layout))

    page = html_of(ada)

    assert re.search(r"<td>\s*<select[^>]*name=\"part-d\"", page)
    assert re.search(r"<td>\s*<input[^>]*name=\"part-w\"", page)


def test_a_slot_inside_an_attribute_is_no_slot() -> None:
    ada = a_classroom(a_quiz(a_word(), layout=Text(source='<img alt="{{part w}}" src="x.png">')))

    assert '<img alt="{{part w}}" src="x.png">' in html_of(ada)


def test_what_a_learner_typed_is_never_markup() -> None:
    ada = a_classroom(a_quiz(a_word(), own_words()))
    ada.saves(w='"><script>alert(1)</script>', f="</textarea><script>alert(2)</script>")

    page = html_of(ada)

    assert "<script>" not in page
    assert "</textarea><script" not in page


def test_a_poll_shows_how_others_answered_once_one_has() -> None:
    poll = a_quiz(choose_one(), scored=False, show_results=True)
    ada = a_classroom(poll)
    bo, cy = a_place_in(ada.run, "Bo Lind"), a_place_in(ada.run, "Cy Moss")
    bo.submits(p="a")
    cy.submits(p="c")
    cy.submits(p="a")
    before = ada.sees().parts[0].results

    ada.submits(p="b")

    shown = [(row.label, row.count, row.percent, row.own) for row in ada.sees().parts[0].results]
    assert before == ()
    assert shown == [("Move it", 2, 67, False), ("Count down", 1, 33, True), ("Print twice", 0, 0, False)]


def test_a_word_cloud_counts_words() -> None:
    cloud = a_quiz(own_words(words_wanted=2), scored=False, show_results=True)
    ada = a_classroom(cloud)
    a_place_in(ada.run, "Bo Lind").submits(f=["Loops", "names"])

    ada.submits(f=["loops", " "])

    assert [(row.label, row.count) for row in ada.sees().parts[0].results] == [("loops", 2), ("names", 1)]


def test_attempts_can_be_looked_back_at() -> None:
    ada = a_classroom(a_quiz(choose_one(), a_word()))
    ada.submits(p="b", w="for")
    ada.submits(p="b", w="while", at=MONDAY + timedelta(minutes=5))

    page = signed_in(ada).get(ada.address("attempts/")).content.decode()

    assert page.index("Attempt 2") < page.index("Attempt 1")
    assert "2 of 2 points count." in page


def test_quizzes_of_a_page_cost_one_query_whatever_their_number() -> None:
    ada = a_classroom(*(a_quiz(choose_one(), choose_many(), item=f"quiz-{place}") for place in range(3)))
    ada.submits("quiz-0", p="b", m=["a"])
    desk = ada.desk()
    forget()
    counts = []

    for items in (["quiz-0"], ["quiz-0"], ["quiz-0", "quiz-1", "quiz-2"]):
        with CaptureQueriesContext(connection) as queries:
            quiz_views(desk, items, now=MONDAY)
        counts.append(len(queries))

    # A version is read once in a process: its scheme, quizzes, pools and assignments.
    assert counts == [4 + 1, 1, 1]


def test_a_quiz_of_choices_with_markup_keeps_it() -> None:
    part = replace(choose_one(), choices=(Choice(id="x", text=Text(source="Add <code>count</code>")),))
    ada = a_classroom(a_quiz(part))

    assert "<span>Add <code>count</code></span>" in html_of(ada)


def test_a_timed_quiz_shows_its_questions_once_started() -> None:
    ada = a_classroom(a_quiz(minutes_allowed=1.5))
    browser = signed_in(ada)
    before = html_of(ada)

    early = browser.post(ada.address("attempts/"), {"part-p": "b"}, headers=PIECE)
    response = browser.post(ada.address("sitting/"), headers=PIECE)

    assert ("You have 1.5 minutes" in before, "Move it" in before) == (True, False)
    assert (early.status_code, "Start the quiz first" in early.content.decode()) == (422, True)
    assert "Move it" in response.content.decode()


def test_hints_are_asked_for_by_a_button() -> None:
    ada = a_classroom(a_quiz(hints=(Text(source="first-hint"),)))

    response = signed_in(ada).post(ada.address("hints/"))

    assert response.status_code == 302
    assert "first-hint" in html_of(ada)


def test_whoever_has_to_wait_reads_how_long() -> None:
    ada = a_classroom(a_quiz(wait_seconds=3_600, attempts=2))
    browser = signed_in(ada)
    browser.post(ada.address("attempts/"), {"part-p": "a"})

    response = browser.post(ada.address("attempts/"), {"part-p": "b"})

    assert response.status_code == 422
    assert "What you typed is kept." in response.content.decode()


def test_a_closed_quiz_says_so() -> None:
    ada = a_classroom(a_quiz(attempts=1))
    browser = signed_in(ada)
    browser.post(ada.address("attempts/"), {"part-p": "a"})

    saving = browser.post(ada.address("answers/"), {"part-p": "b"}, headers=PIECE)

    assert "All attempts at this quiz are used." in saving.content.decode()
    assert "<button" not in html_of(ada)


@pytest.mark.parametrize("path", ["other/", "loops/attempts/x/"])
def test_what_does_not_exist_is_not_found(path: str) -> None:
    ada = a_classroom()

    assert signed_in(ada).get(ada.address(item=path).rstrip("/") + "/").status_code == 404


def test_a_run_that_does_not_exist_is_not_found() -> None:
    ada = a_classroom()

    assert signed_in(ada).get("/courses/none/runs/1/quizzes/loops/").status_code == 404


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [("1", "2", "between 1 and 2"), ("1", "", "more than 1"), ("", "2", "less than 2"), ("", "", "3.5")],
)
def test_right_numbers_are_told_in_words(low: str, high: str, words: str) -> None:
    answer = replace(a_number().answers[0], low=low, high=high)
    ada = a_classroom(a_quiz(replace(a_number(), answers=(answer,)), show_answer=ShowAnswer.ALWAYS))

    assert ada.sees().parts[0].right_answers == (words,)


def test_right_words_are_told_but_no_patterns() -> None:
    quiz = a_quiz(a_word(), a_word("x", "whil.", pattern=True), own_words(), show_answer=ShowAnswer.ALWAYS)
    ada = a_classroom(quiz)

    assert [part.right_answers for part in ada.sees().parts] == [("while",), (), ()]


def test_visitors_see_the_questions_and_how_to_take_part() -> None:
    ada = a_classroom()
    desk = desk_for(AnonymousUser(), course=ada.run.course.slug, run=ada.run.code)

    view = quiz_views(desk, ["loops", "no-quiz"], now=MONDAY)["loops"]

    page = render_to_string("assessment/_quiz.html", {"quiz": view}, RequestFactory().get("/"))
    assert "Enrol to answer" in page
    assert "Move it" in page


def test_a_score_table_reads_as_a_sentence() -> None:
    ada = a_classroom(a_quiz(choose_one(points=3)))
    ada.submits(p="b")
    table = score_table(version_id=ada.run.version_id, enrolment_id=ada.enrolment.pk)

    page = render_to_string("assessment/_score_table.html", {"scores": table})

    assert "100 points so far" in page
    assert "1 of 1 begun" in page
    assert 'width="100%"' in page


def test_whoever_hands_in_too_often_waits_and_finds_what_was_typed() -> None:
    ada = a_classroom(a_quiz(a_word()))
    client = signed_in(ada)

    pages = [client.post(ada.address("attempts/"), {"part-w": f"word {n}"}) for n in range(42)]

    assert pages[-1].status_code == 429
    words = pages[-1].content.decode()
    assert "That was too often." in words
    assert 'value="word 41"' in words
    assert Attempt.objects.count() < 42


def test_saving_as_fast_as_the_page_does_is_never_too_often() -> None:
    ada = a_classroom(a_quiz(a_word()))
    client = signed_in(ada)

    codes = {client.post(ada.address("answers/"), {"part-w": f"word {n}"}).status_code for n in range(60)}

    assert codes == {302}
