"""The choice: the most valuable next review, with a little chance among those that are nearly as valuable.

Candidates come in shelves. On a shelf only age tells them apart, so a shelf's oldest few stand for all of it:
a store, in memory or in PostgreSQL, needs to show no more of them than SHORTLIST each.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain

from stoa.peer_review.rules.allocation.terms import Candidate, Credit, Reviewer, Terms
from stoa.peer_review.rules.allocation.valuing import value

SHORTLIST = 4
JITTER = 0.05
Chance = Callable[[int], float]
"""A number in [0, 1) for a submission."""


def choose(
    shelves: Iterable[Iterable[Candidate]], *, reviewer: Reviewer, now: datetime, terms: Terms, chance: Chance
) -> Candidate | None:
    """The work to read next out of the eligible, or None where no further review is wanted."""
    return next(iter(ranked(shelves, reviewer=reviewer, now=now, terms=terms, chance=chance)), None)


def ranked(
    shelves: Iterable[Iterable[Candidate]], *, reviewer: Reviewer, now: datetime, terms: Terms, chance: Chance
) -> list[Candidate]:
    """The eligible candidates of which a further review is wanted, the most valuable first."""
    weighed = [
        (-heavy, candidate.since, candidate.submission, candidate)
        for candidate in chain.from_iterable(shelves)
        if (heavy := weight(candidate, reviewer=reviewer, now=now, terms=terms, chance=chance)) > 0
    ]
    weighed.sort(key=lambda row: row[:3])
    return [row[3] for row in weighed]


def highest(candidate: Candidate, *, reviewer: Reviewer, now: datetime, terms: Terms) -> float:
    """No candidate of the same shelf, at most as old, weighs more than this."""
    worth = value(candidate, now=now, terms=terms, reviewer=reviewer)
    return worth * (1 + JITTER) if candidate.credit is Credit.FULL else worth


def weight(candidate: Candidate, *, reviewer: Reviewer, now: datetime, terms: Terms, chance: Chance) -> float:
    """The value with its jitter: contributors up, others down, so that chance never puts one behind the other."""
    worth = value(candidate, now=now, terms=terms, reviewer=reviewer)
    helps = reviewer.strong and not candidate.has_strong
    if candidate.credit is Credit.FULL:
        return worth * (1 + JITTER * (1.0 if helps else chance(candidate.submission)))
    return worth * (1 - JITTER * (0.0 if helps else chance(candidate.submission)))
