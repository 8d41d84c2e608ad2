"""The promise: by when a piece of work has its score, and the days of the ladder that leads there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

LADDER_DAYS = 7
"""The ladder is written for seven days; a shorter or longer promise stretches all of its days alike."""
SCORE_SHOWN_DAY = 14
"""A score is shown by then, even to an author who owes reviews."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """So many days after reading can begin, a piece of work has its score."""

    days: float = LADDER_DAYS

    @cached_property
    def span(self) -> timedelta:
        """The seven days of the ladder in real time."""
        return timedelta(days=self.days)

    def age(self, since: datetime, now: datetime) -> float:
        """How many days of the ladder have passed."""
        return (now - since) / self.span * LADDER_DAYS

    def at(self, since: datetime, day: float) -> datetime:
        """The moment when that day of the ladder comes."""
        return since + self.span * (day / LADDER_DAYS)

    def due(self, since: datetime) -> datetime:
        """When the score is promised."""
        return since + self.span


def clock_start(*, submitted_at: datetime, reviews_open_at: datetime | None) -> datetime:
    """When the promise begins to run: with the hand-in, or when reviews open, whichever is later."""
    return submitted_at if reviews_open_at is None else max(submitted_at, reviews_open_at)


def score_shown(*, owed: int, given: int, since: datetime, now: datetime, promise: Promise) -> bool:
    """True once an author's own reviews are given, or after fourteen days of the ladder."""
    return given >= owed or now >= promise.at(since, SCORE_SHOWN_DAY)


def resumed(*, since: datetime, paused_at: datetime, now: datetime, longest: timedelta) -> datetime:
    """The start of a clock that stood still for a while, though never longer than it may."""
    return since + min(max(now - paused_at, timedelta(0)), longest)
