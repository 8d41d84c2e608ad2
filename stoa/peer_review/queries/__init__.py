"""What peer review answers, with the reader's rights built in."""

from stoa.peer_review.queries.assignments import AssignmentUnknown, assignment_for, assignments_of, deadline_of
from stoa.peer_review.queries.hand_in import HandInView, hand_in_views

__all__ = [
    "AssignmentUnknown",
    "HandInView",
    "assignment_for",
    "assignments_of",
    "deadline_of",
    "hand_in_views",
]
