"""What peer review announces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stoa.courseware.events import RunFact
from stoa.kernel.bus import Fact
from stoa.kernel.tracking import Tracked
from stoa.peer_review.rules import edx


@dataclass(frozen=True, kw_only=True)
class AssignmentFact(RunFact):
    """Something that a learner did with an assignment."""

    item_id: str
    assignment_id: int

    @property
    def block_id(self) -> str:
        """The assignment as the event log names it."""
        return edx.assignment_key(self.course_id, self.item_id)


@dataclass(frozen=True, kw_only=True)
class DraftSaved(AssignmentFact):
    """A learner's work in progress was kept for the first time."""

    def tracked(self) -> Tracked:
        """A draft of an open response."""
        return self._told("openassessmentblock.save_submission", {"problem_id": self.block_id})


@dataclass(frozen=True, kw_only=True)
class HandedIn(AssignmentFact):
    """Work was handed in, or a new version of it."""

    submission_id: int
    number: int
    round: int
    words: int
    files: int
    at: datetime

    def tracked(self) -> Tracked:
        """A submission of an open response, without its words."""
        return self._told(
            "openassessmentblock.create_submission",
            {
                "problem_id": self.block_id,
                "submission_uuid": str(self.submission_id),
                "attempt_number": self.number,
                "submitted_at": self.at.isoformat(),
                "word_count": self.words,
                "file_count": self.files,
            },
        )


@dataclass(frozen=True, kw_only=True)
class WorkWithdrawn(AssignmentFact):
    """Work was taken back by its author: nobody reads it any more."""

    submission_id: int
    at: datetime

    def tracked(self) -> Tracked:
        """A submission that is cancelled."""
        return self._told(
            "openassessment.cancel_submission",
            {"problem_id": self.block_id, "submission_uuid": str(self.submission_id)},
        )


@dataclass(frozen=True, kw_only=True)
class ReviewGiven(Fact):
    """A review was handed in."""

    review_id: int
    submission_id: int
    assignment_id: int
    reviewer_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WorkScored(Fact):
    """A submission has its final score, in points of 100; None where nothing is scored."""

    submission_id: int
    assignment_id: int
    points: float | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ScoreChanged(Fact):
    """A final score rose, or staff lowered it; `lowered_because` says why, and is empty where it rose."""

    submission_id: int
    assignment_id: int
    points: float
    lowered_because: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AppealAnswered(Fact):
    """An appeal was read: by staff, or by two peers who had not seen the work."""

    submission_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FreshReadersWanted(Fact):
    """Appealed work waits for two readers who know nothing of it; these people may be asked."""

    submission_id: int
    person_ids: tuple[int, ...]
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeftOut(Fact):
    """Nobody could read a submission in time: it is left out of its author's score, and counts as our breach."""

    submission_id: int
    assignment_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WorksScored(Fact):
    """The same of all submissions of an assignment that were scored together, for who does better with many at once."""

    assignment_id: int
    points: Mapping[int, float | None]
    """By submission."""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WorksLeftOut(Fact):
    """The same of all submissions of an assignment that were left out together."""

    assignment_id: int
    submission_ids: Sequence[int]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RungTaken(Fact):
    """The clock took a rung of the ladder for a submission."""

    submission_id: int
    assignment_id: int
    rung: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StaffTooFew(Fact):
    """More work will need staff than staff can read."""

    assignment_id: int
    projected: int
    cap: int
    at: datetime
