"""What peer review listens to."""

from stoa.peer_review.reactions import ladder, queue, runs, scores

__all__ = ["ladder", "queue", "runs", "scores"]
