"""What peer review answers, with the reader's rights built in."""

from stoa.peer_review.queries.assignments import AssignmentUnknown, assignment_for, assignments_of, deadline_of

__all__ = ["AssignmentUnknown", "assignment_for", "assignments_of", "deadline_of"]
