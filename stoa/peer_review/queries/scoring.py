"""What a score comes to in the score table, and whose it is."""

from collections.abc import Collection, Mapping

from stoa.courseware.models import Enrolment
from stoa.peer_review.models import Assignment, Submission
from stoa.peer_review.queries.assignments import deadline_of
from stoa.peer_review.rules import judging

WHOLE = 100.0


def authors_of(submission: Submission) -> tuple[Enrolment, ...]:
    """The enrolments of the learner, or of every member of the team."""
    rows = Enrolment.objects.select_related("run__course__organisation")
    if submission.team_id is not None:
        return tuple(rows.filter(team_memberships__team_id=submission.team_id).order_by("pk"))
    return tuple(rows.filter(pk=submission.enrolment_id)) if submission.enrolment_id else ()


def late_points(submission: Submission) -> int:
    """Points of 100 that the work loses because it came late; an extension takes them back."""
    assignment = submission.assignment
    if submission.on_time or not assignment.late_penalty:
        return 0
    deadline = deadline_of(assignment, submission.enrolment, submission.team)
    return deadline.penalty(submission.submitted_at, a_day=assignment.late_penalty)


def share_of(submission: Submission, points: float | None) -> float | None:
    """What counts of a score of 100, 0 to 1; None where nothing is scored."""
    if points is None or submission.assignment.outcome == Assignment.Outcome.FEEDBACK:
        return None
    if submission.assignment.outcome == Assignment.Outcome.MEETS:
        return 1.0 if points >= judging.MEETS else 0.0
    return max(0.0, points - late_points(submission)) / WHOLE


def seats_of(submission_ids: Collection[int]) -> Mapping[Submission, tuple[Enrolment, ...]]:
    """Works of one assignment, and the enrolments that each counts for."""
    rows = list(Submission.objects.filter(pk__in=submission_ids).select_related("enrolment").order_by("pk"))
    assignment = Assignment.objects.select_related("run__course__organisation").filter(submissions__in=rows[:1]).first()
    if assignment is None:
        return {}
    for row in rows:
        row.assignment = assignment
        if row.enrolment is not None:
            row.enrolment.run = assignment.run
    return {row: (row.enrolment,) if row.enrolment else authors_of(row) for row in rows}
