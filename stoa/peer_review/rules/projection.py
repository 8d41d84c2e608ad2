"""How many works will need staff, from what waits and how fast it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from stoa.peer_review.rules.clock import DAYS, Rung
from stoa.peer_review.rules.promise import Promise

FADING = 0.7
"""Each day of the ladder brings so much of the reviews of the day before: the simulations' mean after the first day."""
FINISHED = 0.9
"""The share of live leases that end in a review."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A work without a review."""

    since: datetime
    leased: bool = False


def projected_staff_reads(
    waiting: Sequence[Waiting], *, completed_in_a_day: int, now: datetime, promise: Promise
) -> int:
    """How many of the works that wait will still have no review when their day for staff comes.

    Reviews go to the works that are due first; each day brings fewer of them.
    """
    left, read = 0.0, 0.0
    for work in sorted(waiting, key=lambda one: one.since):
        days = max(0.0, DAYS[Rung.STAFF] - promise.age(work.since, now))
        expected = completed_in_a_day * FADING * (1 - FADING**days) / (1 - FADING)
        if work.leased:
            left += 1 - FINISHED
        elif read < expected:
            read += 1
        else:
            left += 1
    return ceil(left - 1e-9)


def default_cap(submissions: int) -> int:
    """How many works staff are taken to read where nobody said: two of a hundred, and ten at least."""
    return max(10, ceil(0.02 * submissions))
