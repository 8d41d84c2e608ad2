"""How simulated people behave: who hands in, who reads, when, and who comes back when asked.

The shares are those of a large MOOC: of 20,000 enrolled learners some 3,000 hand in, who read about 1.6 works each.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from random import Random

DEADLINE = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)


class Asked(IntEnum):
    """Who is asked to read, by which rung."""

    AUTHOR = 0
    FINISHER = 1
    VOLUNTEER = 2


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """The people of a simulated assignment."""

    learners: int = 20_000
    dropout: float = 0.0
    """The share of those who would read by themselves, but have left."""
    nudged: float = 0.10
    """The share of those asked who come and read, each time."""
    hands_in: float = 0.1512
    """The share of learners who hand in."""
    hand_in_days: float = 1.2
    """The mean of the days before the deadline on which work is handed in."""
    late: float = 0.03
    reads_all: float = 0.40
    """The share of authors who give all reviews by themselves."""
    eager: float = 0.3
    """The share of those who go on and read as many again."""
    reads_some: float = 0.10
    abandons: float = 0.08
    """The share of leases that are left to end."""
    late_review: float = 0.2
    """The share of those whose review comes all the same, hours later."""
    tries_again: float = 0.6
    """The share of those who let a lease end and go on another day."""
    returns_soon: float = 0.6
    """The share of readers who come back soon after reviews have opened; the others come on any day of the week."""
    return_days: float = 1.0
    """The mean of the days until the former come."""
    volunteers: float = 0.01
    """Mentors, alumni and learners of other runs who agreed to be asked, per learner."""
    volunteer_reads: int = 5
    staff_hours: float = 8.0
    """The mean of the hours until staff read what is in their queue."""
    promise_days: float = 7.0
    reviews: int = 3
    opens_at_deadline: bool = True
    """False: work is read as soon as it is handed in."""

    @property
    def authors(self) -> int:
        """How many hand in; small classes hand in as one."""
        return self.learners if self.learners <= 100 else round(self.learners * self.hands_in)  # noqa: PLR2004 -- N of a small class is meant as its authors


class Chance:
    """The chance of one seed, in the words of the crowd."""

    def __init__(self, crowd: Crowd, seed: int) -> None:
        self.crowd = crowd
        self.random = Random(seed)  # noqa: S311 -- nothing here is secret, and simulations must be repeatable

    def handed_in(self) -> tuple[datetime, bool]:
        """When a piece of work is handed in, most of it just before the deadline, and whether that is on time."""
        if self.random.random() < self.crowd.late:
            return DEADLINE + self.days(1.0), False
        return DEADLINE - min(self.days(self.crowd.hand_in_days), timedelta(days=12)), True

    def reads(self) -> int:
        """How many works an author reads without being asked again."""
        will, stays = self.random.random(), self.random.random() >= self.crowd.dropout
        if not stays:
            return 0
        if will < self.crowd.reads_all:
            return self.crowd.reviews * (2 if self.happens(self.crowd.eager) else 1)
        return self.random.randint(1, max(1, self.crowd.reviews - 1)) if will < self._some() else 0

    def comes(self) -> bool:
        """Whether somebody who is asked comes."""
        return self.random.random() < self.crowd.nudged

    def days(self, mean: float) -> timedelta:
        """A wait of so many days in the mean."""
        return timedelta(days=self.random.expovariate(1 / mean))

    def returns(self) -> timedelta:
        """How long after reviews have opened a reader comes by themselves, as if a week were the time to read."""
        if self.happens(self.crowd.returns_soon):
            return self.days(self.crowd.return_days)
        return timedelta(days=self.random.uniform(0, 6.5))

    def reading(self) -> timedelta:
        """How long a review takes: half an hour, more or less."""
        return timedelta(minutes=min(self.random.lognormvariate(3.2, 0.5), 110))

    def pause(self) -> timedelta:
        """Until the next review: mostly at once, else another day."""
        return timedelta(minutes=2) if self.random.random() < 0.7 else self.days(0.8)  # noqa: PLR2004 -- seven of ten sessions go on

    def happens(self, share: float) -> bool:
        """Whether something of this likelihood happens."""
        return self.random.random() < share

    def of(self, _submission: int) -> float:
        """A number in [0, 1)."""
        return self.random.random()

    def _some(self) -> float:
        return self.crowd.reads_all + self.crowd.reads_some
