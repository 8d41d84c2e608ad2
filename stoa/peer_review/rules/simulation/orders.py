"""In which order work is given out: by our rules, and as others do it."""

from abc import ABC, abstractmethod
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from stoa.peer_review.rules.allocation import (
    SHORTLIST,
    Candidate,
    Chance,
    Reviewer,
    Shelf,
    Terms,
    choose,
    eligible,
    highest,
    weight,
)
from stoa.peer_review.rules.allocation.leases import LEASE
from stoa.peer_review.rules.simulation.records import Work


class Order(Protocol):
    """A way of giving work out."""

    lease: timedelta
    """How long a piece of work is kept for a reader."""
    has_ladder: bool
    """Whether the rescue ladder belongs to it."""

    def put(self, work: Work) -> None:
        """Take the work in, or in again after a change."""

    def remove(self, work: Work) -> None:
        """Let go of the work, before a change or for good."""

    def pick(self, reviewer: Reviewer, *, now: datetime, terms: Terms, chance: Chance) -> int | None:
        """The work to read next, or None."""

    def unread(self) -> int:
        """How many works have neither a review nor a reader."""


class ByValue:
    """Our rules: by the value of the next review."""

    lease = LEASE
    has_ladder = True

    def __init__(self) -> None:
        self.shelves: dict[Shelf, list[tuple[datetime, int]]] = {}
        self.works: dict[int, Work] = {}

    def put(self, work: Work) -> None:
        """Take the work in, or in again after a change."""
        self.works[work.number] = work
        insort(self.shelves.setdefault(work.shelf, []), (work.since, work.number))

    def remove(self, work: Work) -> None:
        """Let go of the work, before a change or for good."""
        shelf = self.shelves.get(work.shelf, [])
        place = bisect_left(shelf, (work.since, work.number))
        if place < len(shelf) and shelf[place][1] == work.number:
            del shelf[place]

    def pick(self, reviewer: Reviewer, *, now: datetime, terms: Terms, chance: Chance) -> int | None:
        """The work to read next: shelves in the order of what their oldest could weigh, until none can weigh more."""
        heads = [
            (highest(self._oldest(shelf), reviewer=reviewer, now=now, terms=terms), shelf)
            for shelf, rows in self.shelves.items()
            if rows
        ]
        heads.sort(key=lambda head: -head[0])
        best: tuple[float, datetime, int] | None = None
        for bound, shelf in heads:
            if bound <= 0 or (best is not None and -best[0] > bound):
                break
            few = islice(self._eligible(shelf, reviewer, now, terms), SHORTLIST)
            one = choose([few], reviewer=reviewer, now=now, terms=terms, chance=chance)
            if one is not None:
                heavy = weight(one, reviewer=reviewer, now=now, terms=terms, chance=chance)
                row = (-heavy, one.since, one.submission)
                best = row if best is None else min(best, row)
        return best[2] if best else None

    def unread(self) -> int:
        """How many works have neither a review nor a reader."""
        return sum(len(rows) for shelf, rows in self.shelves.items() if shelf.effective == 0)

    def _oldest(self, shelf: Shelf) -> Candidate:
        return self.works[self.shelves[shelf][0][1]].as_candidate()

    def _eligible(self, shelf: Shelf, reviewer: Reviewer, now: datetime, terms: Terms) -> Iterator[Candidate]:
        for _, number in self.shelves[shelf]:
            candidate = self.works[number].as_candidate()
            if eligible(reviewer, candidate, now=now, terms=terms):
                yield candidate


class _Others:
    """What others' orders share: nobody reads own work, or the same twice; nothing else is looked at."""

    has_ladder = False
    lease = timedelta(hours=8)

    def __init__(self) -> None:
        self.works: dict[int, Work] = {}

    def unread(self) -> int:
        """Nobody asks."""
        return 0

    @staticmethod
    def _may(reviewer: Reviewer, work: Work) -> bool:
        return work.number not in reviewer.seen and reviewer.person not in work.authors


class Randomly(_Others):
    """Any work, however many reviews it has."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int] = []
        self.places: dict[int, int] = {}

    def put(self, work: Work) -> None:
        """Take the work in."""
        if work.number not in self.places:
            self.places[work.number] = len(self.numbers)
            self.numbers.append(work.number)
            self.works[work.number] = work

    def remove(self, work: Work) -> None:
        """Nothing changes the chance of a work."""

    def pick(self, reviewer: Reviewer, *, now: datetime, terms: Terms, chance: Chance) -> int | None:  # noqa: ARG002 -- chance alone decides
        """Any work, by chance."""
        start = int(chance(0) * len(self.numbers)) if self.numbers else 0
        for number in (*self.numbers[start:], *self.numbers[:start])[: len(reviewer.seen) + 8]:
            if self._may(reviewer, self.works[number]):
                return number
        return None


class _Sorted(_Others, ABC):
    """Works in an order of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[float, int]] = []
        self.keys: dict[int, float] = {}

    def put(self, work: Work) -> None:
        """Take the work in, or in again after a change."""
        self.works[work.number] = work
        key = self.keys[work.number] = self._key(work)
        insort(self.rows, (key, work.number))

    def remove(self, work: Work) -> None:
        """Let go of the work before a change."""
        if work.number in self.keys:
            del self.rows[bisect_left(self.rows, (self.keys.pop(work.number), work.number))]

    def pick(self, reviewer: Reviewer, *, now: datetime, terms: Terms, chance: Chance) -> int | None:  # noqa: ARG002 -- the order decides
        """The first in order that the reviewer may read."""
        works = (self.works[number] for _, number in self.rows)
        return next((work.number for work in works if self._may(reviewer, work) and self._wants(work, terms)), None)

    @abstractmethod
    def _key(self, work: Work) -> float:
        """Works stand in the order of this number."""

    @abstractmethod
    def _wants(self, work: Work, terms: Terms) -> bool:
        """Whether the work wants another review."""


class FewestFirst(_Sorted):
    """The work with the fewest reviews and readers; the order of numbers, which is one of chance, breaks ties."""

    def _key(self, work: Work) -> float:
        return work.done + work.leased

    def _wants(self, work: Work, terms: Terms) -> bool:
        return work.done + work.leased < terms.wanted


class OldestFirst(_Sorted):
    """The oldest work that has too few reviews, with leases of eight hours, as ORA2 of edX gives it out."""

    def _key(self, work: Work) -> float:
        return work.submitted_at.timestamp()

    def put(self, work: Work) -> None:
        """Take the work in; what has all its reviews never comes back."""
        if work.done < 3:  # noqa: PLR2004 -- the number of reviews that ORA2 asks for by default
            super().put(work)

    def _wants(self, work: Work, terms: Terms) -> bool:
        return work.done + work.leased < terms.wanted


ORDERS: dict[str, Callable[[], Order]] = {
    "random": Randomly,
    "fewest first": FewestFirst,
    "oldest first": OldestFirst,
    "ours": ByValue,
}
"""The rules that are compared."""
