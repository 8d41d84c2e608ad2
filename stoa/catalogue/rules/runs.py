"""Which run a visitor is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class State(StrEnum):
    """Where a run stands in time."""

    UPCOMING = "upcoming"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class RunDates:
    """A run as lists show it."""

    code: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    self_paced: bool = True
    verified_price: Decimal | None = None
    currency: str = "EUR"
    version_id: int = 0
    pk: int = 0
    time_zone: str = "UTC"

    def state(self, now: datetime) -> State:
        """Upcoming before it starts, ended after it ends, open between."""
        if self.ends_at and self.ends_at <= now:
            return State.ENDED
        if self.starts_at and self.starts_at > now:
            return State.UPCOMING
        return State.OPEN

    def takes_learners(self, now: datetime) -> bool:
        """True while one may enrol."""
        return (self.opens_at is None or self.opens_at <= now) and (self.closes_at is None or now < self.closes_at)

    def opens_later(self, now: datetime) -> bool:
        """True where enrolment has not opened yet."""
        return self.opens_at is not None and now < self.opens_at

    def any_day(self, now: datetime) -> bool:
        """True where one may start today, at one's own pace."""
        return self.self_paced and self.state(now) is State.OPEN and self.takes_learners(now)


def best(runs: Sequence[RunDates], now: datetime) -> RunDates | None:
    """The run to offer: open to enrol and not ended, the next to start; else the latest one, as an archive."""
    open_ones = [run for run in runs if run.takes_learners(now) and run.state(now) is not State.ENDED]
    if open_ones:
        coming = [run for run in open_ones if run.state(now) is State.UPCOMING]
        running = [run for run in open_ones if run.state(now) is State.OPEN]
        any_day = [run for run in running if run.any_day(now)]
        choice = any_day or coming or running
        # The next to start; of those that have started, the latest.
        return min(choice, key=_start) if choice is coming else max(choice, key=_start)
    return max(runs, key=_start, default=None)


def _start(run: RunDates) -> tuple[datetime, int]:
    return run.starts_at or LONG_AGO, run.pk
