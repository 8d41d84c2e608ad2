"""Final scores go into the score tables of the authors, or of every member of their teams."""

from collections.abc import Collection, Mapping

from stoa.assessment.actions import leave_out_all, take_score, take_scores
from stoa.courseware.models import Enrolment
from stoa.kernel.bus import when
from stoa.peer_review.events import ScoreChanged, WorksLeftOut, WorksScored
from stoa.peer_review.models import Submission
from stoa.peer_review.queries.scoring import authors_of, seats_of, share_of


@when(WorksScored)
def keep_in_score_table(fact: WorksScored) -> None:
    """What the works earned counts for all who handed them in."""
    seats = seats_of(fact.points)
    shares = {work: share_of(work, fact.points[work.pk]) for work in seats}
    earned = [(seat, share) for work, share in shares.items() if share is not None for seat in seats[work]]
    if earned:
        take_scores(item_id=_item(seats), shares=earned)


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


@when(WorksLeftOut)
def leave_out_of_score_table(fact: WorksLeftOut) -> None:
    """Work that nobody could read in time costs its authors nothing."""
    seats = seats_of(fact.submission_ids)
    if seats:
        leave_out_all(item_id=_item(seats), enrolments=[seat for those in seats.values() for seat in those])


def _item(seats: Mapping[Submission, Collection[Enrolment]]) -> str:
    return next(work.assignment.item_id for work in seats)


def _submission(pk: int) -> Submission:
    return Submission.objects.select_related("assignment", "team", "enrolment").get(pk=pk)
