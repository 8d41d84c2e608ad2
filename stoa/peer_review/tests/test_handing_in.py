"""Handing in, again, too late, and taking it back."""

from datetime import timedelta

import pytest

from stoa.coursedoc.model.assignments import Late, Need
from stoa.mail.models import Mail
from stoa.peer_review import actions
from stoa.peer_review.models import Draft, Submission
from stoa.peer_review.rules.work import Lack
from stoa.peer_review.tests.makers import DUE, MONDAY, WORDS, a_run_of, an_assignment, an_author

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.req("R112", "R113")
def test_handing_in_begins_the_promise_and_says_so_by_mail() -> None:
    ada = an_author()

    work = ada.hands_in(WORDS)

    assert (work.state, work.on_time, work.round, work.latest) == (Submission.State.SUBMITTED, True, 1, 1)
    assert (work.submitted_at, work.t0, work.promised_at) == (MONDAY, MONDAY, MONDAY + 7 * DAY)
    letter = Mail.objects.get(to=ada.person.email)
    assert letter.subject == "Handed in: Word counter"
    assert "Your score comes by Monday 9 March 2026, 09:00." in letter.text
    assert "after 6 days an instructor reads your work" in letter.text
    assert "Ilse Marenko is responsible for that." in letter.text


def test_a_double_click_is_one_submission_and_one_mail() -> None:
    ada = an_author()

    first, second = ada.hands_in(WORDS), ada.hands_in(WORDS, at=MONDAY + MINUTE)

    assert second == first
    assert first.versions.count() == 1
    assert Mail.objects.count() == 1


def test_a_new_version_restarts_no_clock() -> None:
    ada = an_author()
    first = ada.hands_in("One")

    again = ada.hands_in("Two", at=MONDAY + DAY)
    back = ada.hands_in("One", at=MONDAY + 2 * DAY)

    assert again.pk == back.pk == first.pk
    assert (back.latest, back.submitted_at, back.promised_at) == (3, MONDAY, first.promised_at)
    assert [one.answers for one in back.versions.order_by("number")] == [["One"], ["Two"], ["One"]]
    assert Mail.objects.count() == 1


def test_grace_is_on_time_and_after_it_nothing_is_taken() -> None:
    run = a_run_of(an_assignment(grace_minutes=30))
    ada, bo = an_author(run), an_author(run, "Bo")

    assert ada.hands_in(at=DUE + 30 * MINUTE).on_time is True
    with pytest.raises(actions.Closed):
        bo.hands_in("Too late", at=DUE + 31 * MINUTE)

    assert Draft.objects.get(enrolment=bo.enrolment).answers == ["Too late"]


def test_late_work_is_taken_where_the_assignment_says_so() -> None:
    run = a_run_of(an_assignment(late=Late.ACCEPTED, late_days=2))
    ada, bo = an_author(run), an_author(run, "Bo")
    ada.hands_in("On time", at=DUE)

    assert bo.hands_in(at=DUE + DAY).on_time is False
    with pytest.raises(actions.Closed):
        ada.hands_in("A late version would be no on-time work", at=DUE + DAY)
    with pytest.raises(actions.Closed):
        an_author(run, "Cy").hands_in(at=DUE + 3 * DAY)


def test_what_opens_later_takes_no_work_yet() -> None:
    ada = an_author(a_run_of(an_assignment(opens=MONDAY + DAY)))

    with pytest.raises(actions.NotOpenYet) as refused:
        ada.hands_in()

    assert refused.value.opens == MONDAY + DAY


def test_reviews_that_open_later_start_the_promise_later() -> None:
    ada = an_author(a_run_of(an_assignment(reviews_open=DUE)))

    work = ada.hands_in()

    assert (work.submitted_at, work.t0, work.promised_at) == (MONDAY, DUE, DUE + 7 * DAY)


@pytest.mark.parametrize(
    ("facts", "answers", "lack"),
    [
        ({}, ("   ",), Lack.ANSWER_MISSING),
        ({"code": Need.REQUIRED}, (WORDS,), Lack.CODE_MISSING),
        ({"links": Need.REQUIRED}, (WORDS,), Lack.LINK_MISSING),
        ({"text_answer": Need.OPTIONAL}, ("-- !",), Lack.NOTHING),
    ],
)
def test_what_is_missing_is_named(facts: dict[str, object], answers: tuple[str, ...], lack: Lack) -> None:
    ada = an_author(a_run_of(an_assignment("word-counter", **facts)))

    with pytest.raises(actions.WorkRefused) as refused:
        ada.hands_in(*answers)

    assert [fault.lack for fault in refused.value.faults] == [lack]
    assert list(Draft.objects.get().answers) == list(answers)


def test_work_taken_back_can_be_handed_in_again() -> None:
    ada = an_author()
    first = ada.hands_in()

    actions.withdraw(submission=first, by=ada.enrolment, at=MONDAY)
    second = ada.hands_in(at=MONDAY + DAY)

    first.refresh_from_db()
    assert (first.state, second.round, second.submitted_at) == (Submission.State.WITHDRAWN, 2, MONDAY + DAY)


def test_work_with_its_score_stays_as_it_is() -> None:
    ada = an_author()
    work = ada.hands_in()
    Submission.objects.filter(pk=work.pk).update(state=Submission.State.FINAL)

    with pytest.raises(actions.BeingScored):
        ada.hands_in("Another")
    with pytest.raises(actions.BeingScored):
        actions.withdraw(submission=work, by=ada.enrolment, at=MONDAY)


@pytest.mark.req("R056")
def test_work_that_needs_changes_comes_again_after_the_deadline() -> None:
    ada = an_author()
    first = ada.hands_in()
    Submission.objects.filter(pk=first.pk).update(
        state=Submission.State.FINAL, verdict=Submission.Verdict.NEEDS_CHANGES
    )

    second = ada.hands_in("Better", at=DUE + 5 * DAY)

    assert (second.round, second.on_time, second.promised_at) == (2, True, DUE + 12 * DAY)
    assert Mail.objects.count() == 2
