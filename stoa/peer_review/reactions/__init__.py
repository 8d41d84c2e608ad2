"""What peer review listens to."""

from stoa.peer_review.reactions import queue, runs

__all__ = ["queue", "runs"]
