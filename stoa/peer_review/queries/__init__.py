"""What peer review answers, with the reader's rights built in."""

from stoa.peer_review.queries.assignments import AssignmentUnknown, assignment_for, assignments_of, deadline_of
from stoa.peer_review.queries.hand_in.page import HandInView, hand_in_views
from stoa.peer_review.queries.records import WorkRecord, work_record

__all__ = [
    "AssignmentUnknown",
    "HandInView",
    "WorkRecord",
    "assignment_for",
    "assignments_of",
    "deadline_of",
    "hand_in_views",
    "work_record",
]
