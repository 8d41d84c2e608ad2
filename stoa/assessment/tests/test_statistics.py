import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.actions import create_administrator
from stoa.assessment.queries import quiz_statistics
from stoa.assessment.rules.item_statistics import FEWEST, Facts, Remark, remark
from stoa.assessment.tests.makers import MONDAY, a_classroom, a_place_in, a_quiz, a_word, choose_one

SHARES = st.floats(0, 1)


@given(st.integers(0, FEWEST - 1), SHARES, st.none() | st.floats(-1, 1))
def test_chance_is_not_remarked_on(attempts: int, facility: float, discrimination: float | None) -> None:
    assert remark(Facts(attempts=attempts, facility=facility, discrimination=discrimination)) is Remark.FEW


@given(SHARES, st.floats(-1, -0.11))
def test_a_question_that_speaks_against_the_rest_is_looked_at_first(facility: float, discrimination: float) -> None:
    assert remark(Facts(attempts=400, facility=facility, discrimination=discrimination)) is Remark.AGAINST


@given(st.floats(-0.19, 1))
def test_what_may_be_chance_speaks_against_no_question(discrimination: float) -> None:
    assert remark(Facts(attempts=100, facility=0.5, discrimination=discrimination)) is Remark.NONE


@pytest.mark.parametrize(
    ("facility", "said"), [(0.1, Remark.HARD), (0.2, Remark.NONE), (0.95, Remark.NONE), (1.0, Remark.EASY)]
)
def test_what_nearly_nobody_or_everybody_knows_is_said(facility: float, said: Remark) -> None:
    assert remark(Facts(attempts=50, facility=facility, discrimination=0.4)) is said


@pytest.mark.django_db
def test_first_attempts_are_counted_question_by_question() -> None:
    ada = a_classroom(a_quiz(choose_one(), a_word(), attempts=5))
    ada.submits(p="a", w="wrong")
    ada.submits(p="b", w="wrong")
    for name, choice in (("Bo", "b"), ("Chi", "b"), ("Dede", "a")):
        a_place_in(ada.run, name).submits(p=choice, w="wrong")

    (quiz,) = quiz_statistics(ada.desk())

    assert (quiz.learners, quiz.attempts, quiz.first, quiz.whole) == (4, 5, 0.25, 0)
    assert [(one.facts.attempts, one.facts.facility, one.facts.discrimination) for one in quiz.questions] == [
        (4, 0.5, None),
        (4, 0.0, None),
    ]


@pytest.mark.django_db
def test_a_question_goes_with_the_rest_as_its_answers_do() -> None:
    ada = a_classroom(a_quiz(choose_one(), a_word(), attempts=1))
    ada.submits(p="b", w="while")
    a_place_in(ada.run, "Bo").submits(p="a", w="wrong")

    (quiz,) = quiz_statistics(ada.desk())

    assert [one.facts.discrimination for one in quiz.questions] == pytest.approx([1.0, 1.0])


@pytest.mark.django_db
def test_instructors_see_the_page_and_learners_do_not() -> None:
    ada = a_classroom()
    ada.submits(p="b")
    boss = create_administrator(email="boss@stoa.example", display_name="Ilse", password="a long one", at=MONDAY)
    address = f"/courses/{ada.run.course.slug}/runs/{ada.run.code}/quizzes/"

    answers = []
    for person in (boss, ada.person):
        client = Client()
        client.force_login(person)
        answers.append(client.get(address))

    assert [answer.status_code for answer in answers] == [200, 404]
    assert "100 % of the points at the first attempt, mean of 1" in answers[0].text
