"""What peer review listens to."""

from stoa.peer_review.reactions import ladder, queue, rests, runs, scores

__all__ = ["ladder", "queue", "rests", "runs", "scores"]
