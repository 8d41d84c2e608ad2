"""When a mail that could not be delivered is tried again."""

from datetime import datetime, timedelta

# Two days in all: long enough for a full mailbox or a server that is being moved.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
)


def next_try(*, tries: int, at: datetime) -> datetime | None:
    """When to try again after so many tries, or None where it is time to give up."""
    return at + WAITS[tries - 1] if 1 <= tries <= len(WAITS) else None
