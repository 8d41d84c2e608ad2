"""Saying what became of works: of each by itself, and of all together for those who do better with many at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from stoa.kernel.bus import publish
from stoa.peer_review.events import LeftOut, WorkScored, WorksLeftOut, WorksScored


def announce_scores(assignment_id: int, points: Mapping[int, float | None], *, at: datetime) -> None:
    """These submissions have their final scores."""
    for submission_id, of_100 in points.items():
        publish(WorkScored(submission_id=submission_id, assignment_id=assignment_id, points=of_100, at=at))
    publish(WorksScored(assignment_id=assignment_id, points=points, at=at))


def announce_left_out(assignment_id: int, submission_ids: Sequence[int], *, at: datetime) -> None:
    """Nobody could read these submissions in time."""
    for submission_id in submission_ids:
        publish(LeftOut(submission_id=submission_id, assignment_id=assignment_id, at=at))
    publish(WorksLeftOut(assignment_id=assignment_id, submission_ids=submission_ids, at=at))
