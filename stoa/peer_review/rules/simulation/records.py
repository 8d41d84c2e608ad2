"""What the store in memory remembers."""

from dataclasses import dataclass, field
from datetime import datetime

from stoa.peer_review.rules.allocation import Candidate, Credit, Reviewer, Role, Shelf
from stoa.peer_review.rules.states import READABLE, WAITING, SubmissionState


@dataclass(slots=True)
class Work:
    """A piece of work on its way to a score."""

    number: int
    authors: frozenset[int]
    submitted_at: datetime
    since: datetime
    on_time: bool = True
    language: str = ""
    cluster: str = ""
    credit: Credit = Credit.NONE
    done: int = 0
    leased: int = 0
    state: SubmissionState = SubmissionState.OPEN
    climbed: int = 0
    staff_read: bool = False
    read_at: datetime | None = None
    """When its first review came, from whomever."""
    final_at: datetime | None = None
    """When it had its score, or was left out of the score."""
    candidate: Candidate | None = None
    """As the rules see it; made anew after each change."""

    @property
    def shelf(self) -> Shelf:
        """The works of its kind."""
        return Shelf(self.credit, self.on_time, self.done + self.leased)

    @property
    def is_readable(self) -> bool:
        """Whether peers are given it."""
        return self.state in READABLE

    @property
    def is_waiting(self) -> bool:
        """Whether its clock runs."""
        return self.state in WAITING

    def as_candidate(self) -> Candidate:
        """The work as the rules see it."""
        if self.candidate is None:
            self.candidate = Candidate(
                submission=self.number,
                authors=self.authors,
                since=self.since,
                credit=self.credit,
                on_time=self.on_time,
                done=self.done,
                leased=self.leased,
                language=self.language,
                cluster=self.cluster,
            )
        return self.candidate


@dataclass(slots=True)
class Lease:
    """A piece of work kept for a reader."""

    taken_at: datetime
    until: datetime
    live: bool = True


@dataclass(slots=True)
class Member:
    """Somebody who hands in, reads, or both."""

    number: int
    role: Role = Role.PEER
    languages: frozenset[str] = frozenset()
    second_languages: frozenset[str] = frozenset()
    apart: frozenset[int] = frozenset()
    works: list[int] = field(default_factory=list)
    given: int = 0
    waived: int = 0
    """Reviews that the member could not give because nothing was left to read."""
    seen: set[int] = field(default_factory=set)
    read_by: set[int] = field(default_factory=set)
    clusters: set[str] = field(default_factory=set)

    def as_reviewer(self) -> Reviewer:
        """The member as the rules see them."""
        return Reviewer(
            person=self.number,
            role=self.role,
            seen=frozenset(self.seen),
            apart=self.apart,
            read_by=frozenset(self.read_by),
            clusters=frozenset(self.clusters),
            languages=self.languages,
            second_languages=self.second_languages,
        )
