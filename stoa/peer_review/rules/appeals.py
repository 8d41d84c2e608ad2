"""Who answers an appeal, until when, and what it leads to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from stoa.peer_review.rules.allocation import Candidate, Credit, Reviewer, Terms, hindrance
from stoa.peer_review.rules.clock import FAR_APART
from stoa.peer_review.rules.promise import Promise

READERS = 2
"""So many fresh readings answer an appeal, where no instructor does."""
ASKED = 6
"""So many are asked, since not everybody has the time."""
PEERS_DAYS = 3
"""Days of the ladder after which an appeal falls to staff."""
LEASE = timedelta(hours=24)
"""For so long the work is kept for a fresh reader."""


def peers_until(*, at: datetime, promise: Promise) -> datetime:
    """Until when peers may answer an appeal made now."""
    return promise.at(at, PEERS_DAYS)


def may_read_anew(reader: Reviewer, credit: Credit, work: Candidate, *, now: datetime, terms: Terms) -> bool:
    """Whether somebody may read appealed work anew: a steady reader who gave all reviews and knows nothing of it."""
    if not reader.strong or credit is not Credit.FULL:
        return False
    return hindrance(reader, work, now=now, terms=terms) is None


def for_peers(*, fresh_readers: int, lowered: bool) -> bool:
    """Whether peers are asked: enough of them know nothing of the work, and it is not about where it comes from."""
    return fresh_readers >= READERS and not lowered


def agreed(points: Sequence[float]) -> float | None:
    """What fresh readings find together, in points of 100; None where there are too few, or they are far apart."""
    if len(points) < READERS or max(points) - min(points) > FAR_APART:
        return None
    return sum(points) / len(points)


def wanted(*, given: int, reading: int) -> int:
    """How many further readers may take appealed work now."""
    return max(READERS - given - reading, 0)
