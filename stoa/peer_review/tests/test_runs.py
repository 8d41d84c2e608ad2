"""What a run gives its learners, and what moving it to another version keeps."""

from datetime import timedelta

import pytest

from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.actions import open_run, teach
from stoa.catalogue.models import Teaching
from stoa.coursedoc.model import ReviewFlow
from stoa.coursedoc.model.assignments import Outcome
from stoa.peer_review.actions import NothingToRead, pull
from stoa.peer_review.models import Assignment, Submission
from stoa.peer_review.queries import AssignmentUnknown, assignment_for
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.tests.makers import DUE, MONDAY, a_criterion, a_run_of, an_assignment, an_author, moved_to

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.req("R111", "R113")
def test_three_reviews_to_give_unless_the_course_says_otherwise() -> None:
    ours = a_run_of(an_assignment()).assignments.get()
    theirs = a_run_of(an_assignment(reviews_to_give=5)).assignments.get()

    assert (ours.reviews_to_give, ours.reviews_to_get, theirs.reviews_to_give) == (3, 3, 5)
    assert ours.responsible is not None
    assert ours.responsible.display_name == "Ilse Marenko"


def test_a_run_at_ones_own_pace_has_no_deadline() -> None:
    assignment = a_run_of(an_assignment(opens=MONDAY), self_paced=True).assignments.get()

    assert (assignment.opens_at, assignment.due_at) == (None, None)


def test_numbers_of_a_course_are_brought_within_bounds() -> None:
    wild = an_assignment(promise_days=0, reviews_to_give=-3, team_size=0, late_penalty=900, opens=DUE + DAY)

    assignment = a_run_of(wild).assignments.get()

    assert (assignment.promise_days, assignment.reviews_to_give, assignment.team_size) == (1, 0, 1)
    assert (assignment.late_penalty, assignment.opens_at) == (100, None)


def test_without_peers_nobody_has_reviews_to_give() -> None:
    assignment = a_run_of(an_assignment(flow=(ReviewFlow.STAFF,))).assignments.get()

    assert (assignment.reviews_to_give, assignment.reviews_to_get) == (0, 0)


def test_where_only_staff_read_a_peer_finds_nothing_to_read() -> None:
    run = a_run_of(an_assignment(flow=(ReviewFlow.STAFF,)))
    an_author(run).hands_in()
    bo = an_author(run, name="Bo")
    bo.hands_in()

    with pytest.raises(NothingToRead) as reason:
        pull(assignment=bo.assignment, person=bo.person, at=MONDAY + DAY)

    assert not reason.value.credit_kept


def test_moving_a_run_keeps_the_work_and_takes_the_new_texts() -> None:
    ada = an_author()
    work = ada.hands_in()

    moved_to(ada.run, an_assignment(title="Counter of words", criteria=(a_criterion("Can you read it?"),)))

    assignment = ada.assignment
    assert assignment.pk == work.assignment_id
    assert assignment.published.title == "Counter of words"
    assert [one.label for one in content_of(assignment.published).criteria] == ["Can you read it?"]
    assert (assignment.out_of, list(Submission.objects.all())) == (4.0, [work])


def test_dates_that_an_instructor_set_stay() -> None:
    run = a_run_of()
    Assignment.objects.update(due_at=DUE + DAY, set_by_hand=["due_at"])

    moved_to(run, an_assignment(due=DUE + 9 * DAY, grace_minutes=5))

    assignment = run.assignments.get()
    assert (assignment.due_at, assignment.grace_minutes) == (DUE + DAY, 5)


def test_an_assignment_that_left_the_course_keeps_what_was_handed_in() -> None:
    ada = an_author()
    work = ada.hands_in()

    moved_to(ada.run, an_assignment("another"), at=MONDAY + DAY)

    work.refresh_from_db()
    assert work.assignment.left_course_at == MONDAY + DAY
    with pytest.raises(AssignmentUnknown):
        assignment_for(run_id=ada.run.pk, item_id="word-counter")
    moved_to(ada.run, an_assignment(), at=MONDAY + 2 * DAY)
    assert ada.assignment.left_course_at is None


def test_a_further_run_begins_without_the_work_of_the_first() -> None:
    ada = an_author(a_run_of(an_assignment(outcome=Outcome.FEEDBACK)))
    ada.hands_in()

    second = open_run(version=ada.run.version, code="2026-2", self_paced=True)

    assert second.assignments.get().submissions.count() == 0
    assert (second.assignments.get().outcome, second.assignments.get().out_of) == ("feedback", 0)


@pytest.mark.req("R113")
def test_the_first_instructor_answers_for_assignments_that_nobody_answers_for() -> None:
    run = a_run_of()
    first = run.assignments.get().responsible
    run.assignments.update(responsible=None)

    teach(course=run.course, person=a_learner("Bo"), role=Teaching.Role.MENTOR)
    nobody = run.assignments.get().responsible
    teach(course=run.course, person=a_learner("Chidi"))
    teach(course=run.course, person=a_learner("Dana"))

    assert first is not None
    assert nobody is None
    assert str(run.assignments.select_related("responsible").get().responsible) == "Chidi"
