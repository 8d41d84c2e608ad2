"""How a learner stands to an assignment: what they handed in, what they owe, what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, Review, SelfReview, Submission, Volunteer, Waiver
from stoa.peer_review.queries.assignments import deadline_of, submission_of, team_of
from stoa.peer_review.queries.hand_in.promises import PromiseWords, promise_of
from stoa.peer_review.queries.hand_in.stages import Standing, stages_of
from stoa.peer_review.queries.headings import Stage
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.terms import standing_of
from stoa.peer_review.rules.allocation import Role

COUNTED = (Review.State.SUBMITTED, Review.State.ACCEPTED, Review.State.DOWNWEIGHTED)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """How a learner stands to an assignment."""

    submission: Submission | None
    owed: int
    given: int
    """Reviews that count as given."""
    stages: Sequence[Stage]
    promise: PromiseWords | None
    looked_back: bool
    notices: Sequence[Notice] = ()

    @property
    def left(self) -> int:
        """Reviews still to give."""
        return max(0, self.owed - self.given)

    @property
    def done(self) -> bool:
        """All reviews asked for are given."""
        return self.left == 0


def duty_of(desk: Desk, assignment: Assignment, *, now: datetime) -> Duty:
    """How the reader of this desk stands; a volunteer owes nothing and has handed in nothing."""
    enrolment = desk.enrolment
    team = team_of(assignment, enrolment) if enrolment and assignment.teams else None
    work = submission_of(assignment, enrolment, team) if enrolment else None
    there = work is not None and work.state != Submission.State.WITHDRAWN
    owed = standing_of(assignment).terms.owed if there and "peer" in assignment.flow else 0
    given = given_by(assignment, desk.person_id) if desk.person_id else 0
    looked_back = there and SelfReview.objects.filter(submission=work, enrolment=enrolment).exists()
    standing = Standing(submission=work, reviewed=there and given >= owed, looked_back=looked_back)
    return Duty(
        submission=work if there else None,
        owed=owed,
        given=given,
        stages=stages_of(assignment, deadline_of(assignment, enrolment, team), standing, now=now) if enrolment else (),
        promise=promise_of(assignment, work, now=now),
        looked_back=looked_back,
    )


def reading_role(desk: Desk, assignment: Assignment) -> Role | None:
    """As what the reader of this desk may read others' work; None: they hand in their own first, or agree to help."""
    enrolment = desk.enrolment
    team = team_of(assignment, enrolment) if enrolment and assignment.teams else None
    work = submission_of(assignment, enrolment, team) if enrolment else None
    if work is not None and work.state != Submission.State.WITHDRAWN:
        return Role.PEER
    agreed = Volunteer.objects.filter(course=desk.course_id, person=desk.person_id).exists()
    return Role.VOLUNTEER if desk.person_id and agreed else None


def given_by(assignment: Assignment, person_id: int) -> int:
    """Reviews that the person gave, and those that they could not give because nothing was left to read."""
    made = Review.objects.filter(assignment=assignment, reviewer=person_id, state__in=COUNTED, credited=True).exclude(
        role=Review.Role.STAFF
    )
    waived = Waiver.objects.filter(assignment=assignment, person_id=person_id).aggregate(sum=Sum("reviews"))
    return made.count() + (waived["sum"] or 0)
