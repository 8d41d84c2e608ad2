"""A final score reaches the score table of the course."""

from datetime import timedelta

import pytest

from stoa.assessment.queries import ScoreTable, score_table
from stoa.coursedoc.model.assignments import Late, Outcome
from stoa.peer_review import actions
from stoa.peer_review.actions.ticking import tick
from stoa.peer_review.models import Submission
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.tests.makers import DUE, MONDAY, Author, a_run_of, an_assignment, an_author

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def the_table(author: Author) -> ScoreTable:
    author.run.refresh_from_db()
    return score_table(version_id=author.run.version_id, enrolment_id=author.enrolment.pk)


def read_by_staff(work: Submission, *levels: str) -> None:
    """The instructor says 0, 2 or 4 of each criterion, and the work is final."""
    reader = work.assignment.responsible
    assert reader is not None
    marks = Marks(levels=dict(zip(("does-it-work", "can-you-read-it"), levels, strict=True)))
    actions.staff_read(submission=work, by=reader, marks=marks, at=MONDAY + DAY)


@pytest.mark.req("R054")
def test_a_final_score_counts_in_the_course() -> None:
    ada = an_author()
    assert [row.begun for row in the_table(ada).rows] == [0]

    read_by_staff(ada.hands_in(), "4", "2")

    assert the_table(ada).points == 75.0


def test_all_members_of_a_team_get_the_score() -> None:
    run = a_run_of(an_assignment(teams=True, team_size=2))
    ada, bo = an_author(run), an_author(run, "Bo")
    team = actions.form_team(assignment=ada.assignment, by=ada.enrolment, name="Porch", at=MONDAY)
    actions.join_team(assignment=ada.assignment, by=bo.enrolment, code=team.code, at=MONDAY)

    read_by_staff(bo.hands_in(), "4", "4")

    assert (the_table(ada).points, the_table(bo).points) == (100.0, 100.0)


def test_late_days_cost_what_the_assignment_says() -> None:
    ada = an_author(a_run_of(an_assignment(late=Late.ACCEPTED, late_penalty=10)))

    read_by_staff(ada.hands_in(at=DUE + timedelta(hours=25)), "4", "4")

    assert the_table(ada).points == 80.0


@pytest.mark.req("R056")
def test_meeting_what_was_asked_is_all_of_it_and_changes_come_again() -> None:
    ada = an_author(a_run_of(an_assignment(outcome=Outcome.MEETS)))
    read_by_staff(ada.hands_in(), "0", "2")
    assert the_table(ada).points == 0.0
    assert Submission.objects.get().verdict == Submission.Verdict.NEEDS_CHANGES

    read_by_staff(ada.hands_in("Better now", at=MONDAY + 2 * DAY), "4", "4")

    assert the_table(ada).points == 100.0
    assert [one.verdict for one in Submission.objects.order_by("round")] == ["needs_changes", "meets"]


def test_feedback_only_counts_for_nothing() -> None:
    ada = an_author(a_run_of(an_assignment(outcome=Outcome.FEEDBACK)))

    read_by_staff(ada.hands_in(), "4", "4")

    assert the_table(ada).rows == ()


@pytest.mark.req("R112")
def test_work_that_nobody_could_read_is_left_out_and_is_no_zero() -> None:
    ada = an_author()
    ada.hands_in()

    for day in range(9):
        tick(at=MONDAY + day * DAY)

    assert Submission.objects.get().state == Submission.State.NO_HARM
    assert the_table(ada).rows == ()
