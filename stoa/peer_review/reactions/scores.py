"""A final score goes into the score table of its author, or of every member of the team."""

from stoa.assessment.actions import leave_out, take_score
from stoa.kernel.bus import when
from stoa.peer_review.events import LeftOut, ScoreChanged, WorkScored
from stoa.peer_review.models import Submission
from stoa.peer_review.queries.scoring import authors_of, share_of


@when(WorkScored)
def keep_in_score_table(fact: WorkScored) -> None:
    """What the work earned counts for all who handed it in."""
    submission = _submission(fact.submission_id)
    share = share_of(submission, fact.points)
    if share is not None:
        for enrolment in authors_of(submission):
            take_score(enrolment=enrolment, item_id=submission.assignment.item_id, share=share)


@when(ScoreChanged)
def change_score_table(fact: ScoreChanged) -> None:
    """A final score rose, or staff lowered it and said why."""
    submission = _submission(fact.submission_id)
    share = share_of(submission, fact.points)
    if share is not None:
        for enrolment in authors_of(submission):
            take_score(
                enrolment=enrolment,
                item_id=submission.assignment.item_id,
                share=share,
                lower_because=fact.lowered_because,
            )


@when(LeftOut)
def leave_out_of_score_table(fact: LeftOut) -> None:
    """Work that nobody could read in time costs its authors nothing."""
    submission = _submission(fact.submission_id)
    for enrolment in authors_of(submission):
        leave_out(enrolment=enrolment, item_id=submission.assignment.item_id)


def _submission(pk: int) -> Submission:
    return Submission.objects.select_related("assignment", "team", "enrolment").get(pk=pk)
