import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner
from stoa.assessment.tests.makers import a_classroom
from stoa.courseware import actions
from stoa.courseware.tests.makers import NOON, an_enrolment
from stoa.insights.actions import Survey, answer
from stoa.peer_review.tests.makers import handed_in

pytestmark = pytest.mark.django_db


def taken_away(person: Person) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    answer = client.get("/account/everything.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="stoa-my-data.zip"'
    with ZipFile(BytesIO(answer.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.req("R119")
def test_a_learner_takes_everything_away_and_nothing_of_others() -> None:
    ada, other = an_enrolment(), an_enrolment()
    for seat, words in ((ada, "Values are things."), (other, "A secret.")):
        actions.take_note(enrolment=seat, step_id="m1-s1", seconds=None, text=words, at=NOON)
    actions.complete_step(enrolment=ada, step_id="m1-s1", at=NOON)
    actions.report_problem(run=ada.run, step_id="m1-s2", person=ada.person, text="A hole.", at=NOON)

    files = taken_away(ada.person)

    run = json.loads(files["courses.json"])[0]
    assert sorted(files) == [
        "README.txt",
        "account.json",
        "courses.json",
        f"notes/{run['course']}-{run['run']}.md",
        "peer-work.json",
    ]
    assert json.loads(files["account.json"])["address"] == ada.person.email
    assert [(kept["what"], kept["place"], kept["words"]) for kept in run["kept"]] == [
        ("did the step", "Step m1-s1", ""),
        ("noted at the step", "Step m1-s1", "Values are things."),
        ("reported a problem at", "m1-s2", "A hole."),
    ]
    assert "A secret." not in "".join(files.values())


def test_answers_and_scores_come_along() -> None:
    room = a_classroom()
    attempt = room.submits(p="b")

    quizzes = json.loads(taken_away(room.person)["courses.json"])[0]["quizzes"]

    assert [(one["attempt"], one["answers"], one["earned"], one["out_of"]) for one in quizzes] == [
        (1, {"p": ["b"]}, attempt.earned, attempt.out_of)
    ]


@pytest.mark.req("R119", "R018")
def test_what_one_answered_about_a_run_comes_along() -> None:
    ada = an_enrolment()
    answer(enrolment=ada, survey=Survey.ENROLMENT, said={"intent": "growth"}, at=NOON)
    answer(enrolment=ada, survey=Survey.EXIT, said={"words": "Short and clear."}, at=NOON)

    said = json.loads(taken_away(ada.person)["courses.json"])[0]["asked_about_it"]

    assert [(one["survey"], one["question"], one["answer"], one["words"]) for one in said] == [
        ("enrolment", "intent", "growth", "Grow as a person"),
        ("exit", "words", "Short and clear.", "Short and clear."),
    ]


def test_who_never_learned_here_takes_an_account_away() -> None:
    files = taken_away(a_learner())

    assert (json.loads(files["courses.json"]), json.loads(files["peer-work.json"])) == ([], [])


def test_work_for_peers_comes_along_as_it_was_handed_in() -> None:
    handed = handed_in()
    assert handed.enrolment is not None

    works = json.loads(taken_away(handed.enrolment.person)["peer-work.json"])

    assert [(one["what"], one["assignment"]) for one in works] == [
        ("draft", "word-counter"),
        ("handed in", "word-counter"),
    ]
    assert works[0]["words"] == works[1]["words"] != []
