"""Leases: for how long a piece of work is kept for a reader."""

from datetime import datetime, timedelta

LEASE = timedelta(hours=2)
LONGEST = timedelta(hours=24)
"""Heartbeats keep a lease alive no longer than this."""


def lease_until(*, taken_at: datetime) -> datetime:
    """When a new lease ends."""
    return taken_at + LEASE


def heartbeat(*, taken_at: datetime, until: datetime, now: datetime) -> datetime:
    """When the lease of somebody who is still writing ends."""
    return max(until, min(now + LEASE, taken_at + LONGEST))


def surplus_leases(*, leased: int, done: int, target: int) -> int:
    """How many live leases are too many: at most one more than the reviews still wanted may live."""
    return max(0, leased - max(target - done + 1, 0))
