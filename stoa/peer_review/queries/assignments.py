"""Assignments of a run, and how a learner stands to their dates."""

from datetime import timedelta

from stoa.catalogue.models import Run
from stoa.courseware.models import Enrolment
from stoa.peer_review.models import Assignment, DeadlineExtension, Submission, Team
from stoa.peer_review.rules.deadlines import Deadline


class AssignmentUnknown(Exception):
    """There is no such assignment in this run. Go back to the lesson and open it again."""


def assignment_for(*, run_id: int, item_id: str) -> Assignment:
    """The assignment of this id in a run, if learners see it.

    Raises AssignmentUnknown.
    """
    rows = Assignment.objects.in_course().select_related("published", "run__course", "responsible")
    found = rows.filter(run_id=run_id, item_id=item_id, published__hidden=False).first()
    if found is None:
        raise AssignmentUnknown(item_id)
    return found


def assignments_of(run: Run) -> tuple[Assignment, ...]:
    """The assignments that the learners of a run see, in their order."""
    rows = Assignment.objects.in_course().filter(run=run, published__hidden=False).select_related("published")
    return tuple(rows.order_by("published__position"))


def deadline_of(assignment: Assignment, enrolment: Enrolment | None, team: Team | None = None) -> Deadline:
    """The dates that hold for a learner; for a team the latest extension of a member counts for all."""
    plain = Deadline(
        opens=assignment.opens_at,
        due=assignment.due_at,
        grace=timedelta(minutes=assignment.grace_minutes),
        late=timedelta(days=assignment.late_days) if assignment.late == Assignment.Late.ACCEPTED else None,
    )
    if team is None and enrolment is None:
        return plain
    extensions = DeadlineExtension.objects.filter(assignment=assignment)
    if team is not None:
        extensions = extensions.filter(enrolment__team_memberships__team=team)
    else:
        extensions = extensions.filter(enrolment=enrolment)
    return plain.extended(extensions.order_by("-due_at").values_list("due_at", flat=True).first())


def team_of(assignment: Assignment, enrolment: Enrolment) -> Team | None:
    """The learner's team, where they are in one."""
    return Team.objects.filter(assignment=assignment, members__enrolment=enrolment).first()


def submission_of(assignment: Assignment, enrolment: Enrolment, team: Team | None = None) -> Submission | None:
    """The work of the learner, or of their team, in its latest round."""
    rows = Submission.objects.filter(assignment=assignment)
    own = rows.filter(team=team) if team is not None else rows.filter(enrolment=enrolment)
    return own.order_by("-round").first()
