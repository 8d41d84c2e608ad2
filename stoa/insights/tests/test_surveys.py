"""What learners are asked about a run, and what becomes of their answers."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from stoa.accounts.actions import appoint, delete_account
from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.actions import teach
from stoa.courseware.actions import be_content, change_run, complete_step, enrol, want_more, withdraw
from stoa.courseware.models import Enrolment
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment, desk_of
from stoa.insights.actions import NoSuchAnswer, Survey, TooManyWords, answer, keep, skip, take_back
from stoa.insights.models import Answer, Asking
from stoa.insights.queries.surveys import answers_in, asked_at
from stoa.insights.tests.logs import events_in
from stoa.kernel.clock import now

pytestmark = pytest.mark.django_db
STEPS = ("m1-s1", "m1-s2", "m1-s3", "m2-s1", "m2-s2", "m2-s3")


def finish(enrolment: Enrolment) -> None:
    for step in STEPS:
        complete_step(enrolment=enrolment, step_id=step, at=NOON)


def told(log: Path) -> list[tuple[str, str, str | None]]:
    events = events_in(log, "stoa.survey.answered")
    return [(one["event"]["survey"], one["event"]["question"], one["event"]["answer"]) for one in events]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.req("R018", "R022")
def test_whoever_enrols_is_asked_once_and_one_press_answers(log: Path) -> None:
    ada = an_enrolment()
    client, home = signed_in(ada.person), desk_of(ada).address

    page = client.get(home).content.decode()
    client.post(f"{home}intent/", {"intent": "skills"})
    after = client.get(home).content.decode()

    assert [(one["event"], one["username"]) for one in events_in(log, "stoa.survey.asked")] == [
        ({"survey": "enrolment"}, ada.person.username)
    ]
    assert told(log) == [("enrolment", "intent", "skills")]
    assert 'name="intent" value="certificate"' in page
    assert 'name="intent"' not in after
    assert "Learn a skill that I need" in after


@pytest.mark.req("R018")
def test_skipping_takes_one_press_keeps_nothing_and_hinders_nothing(log: Path) -> None:
    ada = an_enrolment()
    client, home = signed_in(ada.person), desk_of(ada).address

    client.post(f"{home}intent/", {"skip": "1"})

    assert 'name="intent"' not in client.get(home).content.decode()
    assert client.get(f"{home}steps/m1-s1/").status_code == 200
    assert (told(log), Answer.objects.count()) == ([], 0)


def test_coming_back_after_leaving_asks_nothing_again() -> None:
    ada = an_enrolment()
    skip(enrolment=ada, survey=Survey.ENROLMENT, at=NOON)
    withdraw(enrolment=ada, at=NOON)
    enrol(run=ada.run, person=ada.person, at=NOON)

    assert asked_at(desk_of(ada), finished=False, at=now()).intent is None


def test_the_question_goes_away_by_itself_after_a_month() -> None:
    desk = desk_of(an_enrolment())

    assert asked_at(desk, finished=False, at=now() + timedelta(days=29)).intent is not None
    assert asked_at(desk, finished=False, at=now() + timedelta(days=31)).intent is None


def test_those_who_give_the_course_are_not_asked() -> None:
    run, ada, bo = a_run(), a_learner("Ada"), a_learner("Bo")
    teach(course=run.course, person=ada)
    appoint(organisation=run.course.organisation, person=bo, at=NOON)
    for person in (ada, bo):
        be_content(enrolment=an_enrolment(run=run, person=person), at=NOON)

    assert (Asking.objects.count(), Answer.objects.count()) == (0, 0)


def test_the_same_answer_again_is_told_once_and_another_takes_its_place(log: Path) -> None:
    ada = an_enrolment()
    for intent in ("browse", "browse", "all"):
        answer(enrolment=ada, survey=Survey.ENROLMENT, said={"intent": intent}, at=NOON)

    assert told(log) == [("enrolment", "intent", "browse"), ("enrolment", "intent", "all")]
    assert answers_in(ada.pk) == {("enrolment", "intent"): "all"}


@pytest.mark.parametrize("said", [{"intent": "fame"}, {"reason": "time"}, {"height": "1.80"}])
def test_none_of_the_answers_is_refused_and_nothing_is_kept(said: dict[str, str]) -> None:
    ada = an_enrolment()

    with pytest.raises(NoSuchAnswer):
        answer(enrolment=ada, survey=Survey.ENROLMENT, said=said, at=NOON)
    assert Answer.objects.count() == 0


def test_a_made_up_answer_gets_the_page_again_with_what_to_do() -> None:
    ada = an_enrolment()
    page = signed_in(ada.person).post(f"{desk_of(ada).address}intent/", {"intent": "fame"})

    assert page.status_code == 422
    assert "Choose one of those below" in page.content.decode()


@pytest.mark.req("R145")
def test_enough_is_a_reason_and_going_on_takes_it_back(log: Path) -> None:
    ada = an_enrolment()
    be_content(enrolment=ada, at=NOON)
    enough = asked_at(desk_of(ada), finished=False, at=now()).exit
    want_more(enrolment=ada)

    assert enough is not None
    assert told(log) == [("exit", "reason", "done"), ("exit", "reason", None)]
    assert asked_at(desk_of(ada), finished=False, at=now()).exit is None
    assert Asking.objects.get(survey=Survey.EXIT).ended == "enough"


@pytest.mark.req("R146")
def test_whoever_did_every_step_is_asked_how_it_was_and_not_before(log: Path) -> None:
    ada = an_enrolment()
    client, home = signed_in(ada.person), desk_of(ada).address
    for step in STEPS[:-1]:
        complete_step(enrolment=ada, step_id=step, at=NOON)
    before = client.get(home).content.decode()
    complete_step(enrolment=ada, step_id=STEPS[-1], at=NOON)
    page = client.get(home).content.decode()
    answered = client.post(f"{home}exit/", {"satisfied": "yes", "briefly": "1"})

    assert 'name="satisfied"' not in before
    assert 'name="satisfied" value="yes"' in page
    assert answered["Location"] == f"{home}exit/"
    assert told(log) == [("exit", "satisfied", "yes")]
    assert 'name="satisfied"' not in client.get(home).content.decode()
    assert Asking.objects.get(survey=Survey.EXIT).ended == "completed"


def test_own_words_stay_out_of_the_log(log: Path) -> None:
    ada = an_enrolment()
    be_content(enrolment=ada, at=NOON)
    signed_in(ada.person).post(f"{desk_of(ada).address}exit/", {"satisfied": "no", "words": "Too fast for me."})

    assert told(log) == [("exit", "reason", "done"), ("exit", "satisfied", "no")]
    assert answers_in(ada.pk)["exit", "words"] == "Too fast for me."


def test_too_many_words_are_shown_again_whole() -> None:
    ada = an_enrolment()
    page = signed_in(ada.person).post(f"{desk_of(ada).address}exit/", {"words": "ab " * 400})

    assert page.status_code == 422
    assert "ab ab ab" in page.content.decode()
    with pytest.raises(TooManyWords):
        keep(enrolment=ada, survey=Survey.EXIT, said={"words": "x" * 1001}, at=NOON)


def test_a_learner_sees_their_own_answers_only_and_deletes_them(log: Path) -> None:
    ada, bo = an_enrolment(), an_enrolment()
    answer(enrolment=ada, survey=Survey.ENROLMENT, said={"intent": "growth"}, at=NOON)
    answer(enrolment=bo, survey=Survey.ENROLMENT, said={"intent": "browse"}, at=NOON)
    own, others = Answer.objects.get(enrolment=ada), Answer.objects.get(enrolment=bo)
    client = signed_in(ada.person)

    page = client.get("/account/answers/").content.decode()
    refused = client.post(f"/account/answers/{others.pk}/removal/")
    client.post(f"/account/answers/{own.pk}/removal/")

    assert ("Grow as a person" in page, "Look around" in page) == (True, False)
    assert refused.status_code == 404
    assert told(log)[-1] == ("enrolment", "intent", None)
    assert list(Answer.objects.all()) == [others]
    assert asked_at(desk_of(ada), finished=False, at=now()).intent is None


def test_answers_go_along_to_the_next_run_and_the_way_out_is_asked_about_there(log: Path) -> None:
    ada = an_enrolment()
    answer(enrolment=ada, survey=Survey.ENROLMENT, said={"intent": "all"}, at=NOON)
    be_content(enrolment=ada, at=NOON)
    to = a_run(code="2027-1")
    to.course = ada.run.course
    to.save()
    change_run(enrolment=ada, to=to, at=NOON)

    found = [
        (one["context"]["course_id"].rpartition("+")[2], one["event"]["question"], one["event"]["answer"])
        for one in events_in(log, "stoa.survey.answered")
    ]
    assert found == [
        ("2026-1", "intent", "all"),
        ("2026-1", "reason", "done"),
        ("2026-1", "intent", None),
        ("2026-1", "reason", None),
        ("2027-1", "intent", "all"),
    ]
    assert answers_in(ada.pk) == {("enrolment", "intent"): "all"}


def test_answers_go_with_the_account() -> None:
    ada = an_enrolment()
    answer(enrolment=ada, survey=Survey.ENROLMENT, said={"intent": "all"}, at=NOON)
    delete_account(person=ada.person, at=NOON)

    assert (Answer.objects.count(), Asking.objects.count()) == (0, 0)


def test_taking_back_tells_the_log(log: Path) -> None:
    ada = an_enrolment()
    answer(enrolment=ada, survey=Survey.EXIT, said={"satisfied": "no"}, at=NOON)
    take_back(given=Answer.objects.select_related("enrolment__run__course__organisation").get())

    assert told(log) == [("exit", "satisfied", "no"), ("exit", "satisfied", None)]


def test_a_stranger_has_no_question() -> None:
    ada = an_enrolment()
    stranger = signed_in(a_learner("Eve"))

    assert stranger.get(f"{desk_of(ada).address}intent/").status_code == 404
    assert stranger.get(f"{desk_of(ada).address}exit/").status_code == 404


@pytest.mark.req("R004", "R020")
def test_whoever_has_not_said_whether_they_teach_is_asked_on_the_way_out_and_no_more_then(log: Path) -> None:
    ada = an_enrolment()
    client, address = signed_in(ada.person), f"{desk_of(ada).address}exit/"

    before = client.get(address).content.decode()
    client.post(address, {"satisfied": "yes", "words": "", "teaching": "was", "subject_taught": "Health"})
    after = client.get(address).content.decode()

    settings = [one["event"] for one in events_in(log, "edx.user.settings.changed")]
    assert ('name="teaching"' in before, 'name="teaching"' in after) == (True, False)
    assert {one["setting"]: one["new"] for one in settings} == {"teacher": "was", "subject_taught": "Health"}


def test_saying_nothing_about_teaching_changes_no_profile(log: Path) -> None:
    ada = an_enrolment()
    signed_in(ada.person).post(f"{desk_of(ada).address}exit/", {"satisfied": "yes", "subject_taught": "Health"})

    assert events_in(log, "edx.user.settings.changed") == []
