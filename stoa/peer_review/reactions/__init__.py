"""What peer review listens to."""

from stoa.peer_review.reactions import runs

__all__ = ["runs"]
