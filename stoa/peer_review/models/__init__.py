"""What peer review remembers."""

from stoa.peer_review.models.assignments import Assignment, DeadlineExtension, PublishedAssignment
from stoa.peer_review.models.drafts import Draft, EarlierDraft
from stoa.peer_review.models.estimates import Estimation, Marking
from stoa.peer_review.models.feedback import (
    ResultOpening,
    Thanks,
    WordsReport,
    WordsReportAnswer,
    WorkFlag,
    WorkFlagAnswer,
)
from stoa.peer_review.models.fresh_readings import FreshReading
from stoa.peer_review.models.looking_back import Calibration, SelfReview
from stoa.peer_review.models.lowerings import Lowering
from stoa.peer_review.models.places import Place, Pulse, Waiver
from stoa.peer_review.models.readers import Conflict, Volunteer
from stoa.peer_review.models.reviews import CriterionMark, Review, ReviewRating
from stoa.peer_review.models.scores import Anchor, Appeal, Score, StaffRead, Transition
from stoa.peer_review.models.submissions import Submission, SubmissionVersion, SubmittedFile
from stoa.peer_review.models.teams import Team, TeamMember

__all__ = [
    "Anchor",
    "Appeal",
    "Assignment",
    "Calibration",
    "Conflict",
    "CriterionMark",
    "DeadlineExtension",
    "Draft",
    "EarlierDraft",
    "Estimation",
    "FreshReading",
    "Lowering",
    "Marking",
    "Place",
    "PublishedAssignment",
    "Pulse",
    "ResultOpening",
    "Review",
    "ReviewRating",
    "Score",
    "SelfReview",
    "StaffRead",
    "Submission",
    "SubmissionVersion",
    "SubmittedFile",
    "Team",
    "TeamMember",
    "Thanks",
    "Transition",
    "Volunteer",
    "Waiver",
    "WordsReport",
    "WordsReportAnswer",
    "WorkFlag",
    "WorkFlagAnswer",
]
