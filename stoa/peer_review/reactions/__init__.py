"""What peer review listens to."""

from stoa.peer_review.reactions import queue, runs, scores

__all__ = ["queue", "runs", "scores"]
