"""What peer review remembers."""

from stoa.peer_review.models.assignments import Assignment, DeadlineExtension, PublishedAssignment
from stoa.peer_review.models.drafts import Draft, EarlierDraft
from stoa.peer_review.models.submissions import Submission, SubmissionVersion, SubmittedFile
from stoa.peer_review.models.teams import Team, TeamMember

__all__ = [
    "Assignment",
    "DeadlineExtension",
    "Draft",
    "EarlierDraft",
    "PublishedAssignment",
    "Submission",
    "SubmissionVersion",
    "SubmittedFile",
    "Team",
    "TeamMember",
]
