"""What allocation speaks of: candidates, reviewers, and the terms of an assignment."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from stoa.peer_review.rules.promise import Promise


class Credit(IntEnum):
    """What an author has given: nothing, some of the reviews asked for, or all of them (a contributor)."""

    NONE = 0
    SOME = 1
    FULL = 2


def credit_for(*, given: int, owed: int) -> Credit:
    """The credit of an author who gave so many of the reviews asked for."""
    if given >= owed:
        return Credit.FULL
    return Credit.SOME if given else Credit.NONE


class Role(StrEnum):
    """In which role somebody reads."""

    PEER = "peer"
    VOLUNTEER = "volunteer"


class Shelf(NamedTuple):
    """Candidates that only their age tells apart: the oldest of them is worth most."""

    credit: Credit
    on_time: bool
    effective: int


# A tuple is made in a fifth of the time of a frozen dataclass, and a pull makes seventy.
class Candidate(NamedTuple):
    """A piece of work that may be read next."""

    submission: int
    authors: frozenset[int]
    since: datetime
    """When its promise began to run."""
    credit: Credit
    on_time: bool = True
    done: int = 0
    """Reviews that count."""
    leased: int = 0
    """Live leases."""
    language: str = ""
    cluster: str = ""
    """Equal for works that are nearly the same."""
    has_strong: bool = False
    """A reviewer of little noise has read it or has it."""
    variance: float | None = None
    """Of the score as the estimator sees it, in points squared."""
    half_width: float | None = None
    """Of the score's interval, in points."""
    near_line: bool = False
    """Whether it passes is open: P(pass) between .1 and .9."""

    @property
    def effective(self) -> int:
        """Reviews that it has, and those that are being written."""
        return self.done + self.leased

    @property
    def shelf(self) -> Shelf:
        """The candidates of its kind."""
        return Shelf(self.credit, self.on_time, self.done + self.leased)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewer:
    """Somebody who asks for work to read."""

    person: int
    role: Role = Role.PEER
    seen: frozenset[int] = frozenset()
    """Submissions that this person has or had: read, reserved, declined."""
    apart: frozenset[int] = frozenset()
    """People whose work this person must not read: team, study group, blocks, declared conflicts."""
    read_by: frozenset[int] = frozenset()
    """People who read this person's work in the same assignment."""
    clusters: frozenset[str] = frozenset()
    """Of the person's own work."""
    languages: frozenset[str] = frozenset()
    """Read with ease; empty: nobody knows, so any."""
    second_languages: frozenset[str] = frozenset()
    strong: bool = False
    noise: float = 12.0**2 + 8.0**2
    """Noise and leniency variance of the person's marks together, in points squared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What an assignment asks for, and how it stands."""

    given: int = 3
    """Reviews that each author is asked for (g)."""
    wanted: int = 3
    """Reviews that each piece of work is meant to get (k)."""
    promise: Promise = field(default_factory=Promise)
    pool: int = 100
    """Authors in the assignment."""
    backlog: bool = False
    """More work without any review than two days of reading take away."""

    @property
    def owed(self) -> int:
        """Reviews that can fairly be asked for: nobody can read more than there is."""
        return min(self.given, max(self.pool - 1, 0))
