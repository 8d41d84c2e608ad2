"""Time comes in at the edge, once a request or task, and is passed on."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
