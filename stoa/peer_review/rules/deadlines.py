"""Deadlines: until when work can be handed in, and whether it is on time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
REVIEWING = timedelta(days=4)
"""How long learners have for their reviews where no date is set."""


class Window(StrEnum):
    """How a moment stands to the deadline."""

    EARLY = "early"
    """Not open yet."""
    OPEN = "open"
    GRACE = "grace"
    """Past the deadline, and still on time."""
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The dates of an assignment for one learner. No date: open for ever."""

    opens: datetime | None = None
    due: datetime | None = None
    grace: timedelta = timedelta(0)
    late: timedelta | None = None
    """How long late work is accepted; None: not at all."""

    def extended(self, until: datetime | None) -> "Deadline":
        """The same with a later deadline; an earlier one changes nothing."""
        if until is None or self.due is None or until <= self.due:
            return self
        return Deadline(opens=self.opens, due=until, grace=self.grace, late=self.late)

    @property
    def on_time_until(self) -> datetime | None:
        """The last moment that counts as on time."""
        return None if self.due is None else self.due + self.grace

    @property
    def closes(self) -> datetime | None:
        """From then on nothing can be handed in."""
        return None if self.due is None else self.due + self.grace + (self.late or timedelta(0))

    def window(self, at: datetime) -> Window:
        """How this moment stands to the dates."""
        if self.opens is not None and at < self.opens:
            return Window.EARLY
        if self.due is None or at <= self.due:
            return Window.OPEN
        if at <= self.due + self.grace:
            return Window.GRACE
        return Window.LATE if self.late is not None and at <= self.due + self.grace + self.late else Window.CLOSED

    def on_time(self, at: datetime) -> bool:
        """Whether work of this moment is on time."""
        until = self.on_time_until
        return until is None or at <= until

    def penalty(self, at: datetime, *, a_day: int) -> int:
        """Points of 100 that work of this moment loses: for each day begun after the grace."""
        until = self.on_time_until
        if until is None or at <= until:
            return 0
        begun = -((until - at) // DAY)
        return min(100, begun * a_day)


def may_replace(*, on_time: bool, window: Window) -> bool:
    """Whether work handed in can be replaced: work that was on time only while a new version is on time too."""
    if on_time:
        return window in {Window.OPEN, Window.GRACE}
    return window in {Window.OPEN, Window.GRACE, Window.LATE}


def reviews_due(*, submitted_at: datetime, reviews_open_at: datetime | None, due_at: datetime | None) -> datetime:
    """By when a learner is asked to have reviewed: the assignment's date, or some days after the own hand-in."""
    begin = submitted_at if reviews_open_at is None else max(submitted_at, reviews_open_at)
    return due_at if due_at is not None and due_at > begin else begin + REVIEWING


def moment_in(zone: str, wall: datetime) -> datetime:
    """The moment when clocks there show this time: of two the later; where they jump over it, the one after the gap."""
    local = wall.replace(tzinfo=ZoneInfo(zone), fold=1)
    utc = local.astimezone(UTC)
    shown = utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if shown != wall:
        # The clocks jump over it: with fold 0 the offset before the jump holds, which lands after the gap.
        utc = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    return utc
