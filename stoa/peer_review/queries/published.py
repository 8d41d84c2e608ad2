"""Assignments as published: read once in a process, since a version never changes."""

from functools import lru_cache

from stoa.coursedoc import canonical
from stoa.coursedoc.model import Assignment
from stoa.peer_review.models import PublishedAssignment

KEPT = 256
"""Assignments that a process keeps read."""


def content_of(row: PublishedAssignment) -> Assignment:
    """The assignment that the row keeps: its texts are safe HTML."""
    return _read(row.content)


@lru_cache(maxsize=KEPT)
def _read(content: str) -> Assignment:
    return canonical.read(Assignment, content)
