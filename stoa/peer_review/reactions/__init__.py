"""What peer review listens to."""

from stoa.peer_review.reactions import ladder, leaving, queue, rests, runs, scores

__all__ = ["ladder", "leaving", "queue", "rests", "runs", "scores"]
