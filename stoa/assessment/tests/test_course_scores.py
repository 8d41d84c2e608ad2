import pytest

from stoa.assessment.actions import take_score
from stoa.assessment.actions.works import WorkLayout, lay_out_works
from stoa.assessment.events import CourseScoreChanged
from stoa.assessment.models import CourseScore
from stoa.assessment.tests.makers import a_classroom, a_number, a_quiz, choose_one
from stoa.kernel.bus import when

pytestmark = pytest.mark.django_db
HEARD: list[CourseScoreChanged] = []


@when(CourseScoreChanged)
def hear(fact: CourseScoreChanged) -> None:
    HEARD.append(fact)


@pytest.fixture(autouse=True)
def silence() -> None:
    HEARD.clear()


def test_the_score_of_a_run_is_told_when_it_moves_and_not_otherwise() -> None:
    ada = a_classroom(a_quiz(choose_one(), item="loops"), a_quiz(a_number(), item="sums"))

    ada.submits(p="a")
    ada.submits(p="b")
    ada.submits(p="b")
    ada.submits("sums", n="3.5")

    assert [(fact.share, fact.passed) for fact in HEARD] == [(0.0, False), (0.5, False), (1.0, True)]
    told = HEARD[-1].tracked()
    assert told is not None
    assert told.event_type == "edx.grades.course.grade_calculated"
    assert dict(told.event) == {
        "course_id": HEARD[-1].course_id,
        "user_id": ada.person.pk,
        "percent_grade": 1.0,
        "passing": True,
        "letter_grade": "Pass",
    }
    score = CourseScore.objects.get()
    assert (score.enrolment_id, score.share, score.passed) == (ada.enrolment.pk, 1.0, True)


def test_what_peers_gave_counts_too() -> None:
    ada = a_classroom()
    work = WorkLayout(item_id="tool", lesson_id="lesson-9", score_part="", out_of=1.0)
    lay_out_works(version=ada.run.version, works=[work])

    take_score(enrolment=ada.enrolment, item_id="tool", share=0.5)

    assert [fact.share for fact in HEARD] == [0.25]
