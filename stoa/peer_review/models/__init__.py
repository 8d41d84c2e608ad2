"""What peer review remembers."""

from stoa.peer_review.models.assignments import Assignment, DeadlineExtension, PublishedAssignment
from stoa.peer_review.models.drafts import Draft, EarlierDraft
from stoa.peer_review.models.looking_back import Calibration, SelfReview
from stoa.peer_review.models.submissions import Submission, SubmissionVersion, SubmittedFile
from stoa.peer_review.models.teams import Team, TeamMember

__all__ = [
    "Assignment",
    "Calibration",
    "DeadlineExtension",
    "Draft",
    "EarlierDraft",
    "PublishedAssignment",
    "SelfReview",
    "Submission",
    "SubmissionVersion",
    "SubmittedFile",
    "Team",
    "TeamMember",
]
