"""What peer review answers, with the reader's rights built in."""

from stoa.peer_review.queries.assignments import AssignmentUnknown, assignment_for, assignments_of, deadline_of
from stoa.peer_review.queries.at_risk import RiskView
from stoa.peer_review.queries.course_figures import ReviewFigures, review_figures
from stoa.peer_review.queries.durations import in_hours
from stoa.peer_review.queries.hand_in.page import HandInView, hand_in_views
from stoa.peer_review.queries.health_page import run_risk
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.records import WorkRecord, work_record

__all__ = [
    "AssignmentUnknown",
    "HandInView",
    "ReviewFigures",
    "RiskView",
    "WorkRecord",
    "assignment_for",
    "assignments_of",
    "content_of",
    "deadline_of",
    "hand_in_views",
    "in_hours",
    "review_figures",
    "run_risk",
    "work_record",
]
