"""The choice: the most valuable next review, with a little chance among those that are nearly as valuable.

Candidates come in shelves. On a shelf only age tells them apart, so a shelf's oldest few stand for all of it:
a store, in memory or in PostgreSQL, needs to show no more of them than SHORTLIST each.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import chain

from stoa.peer_review.rules.allocation.eligibility import eligible
from stoa.peer_review.rules.allocation.terms import Candidate, Credit, Reviewer, Terms
from stoa.peer_review.rules.allocation.valuing import value

SHORTLIST = 4
JITTER = 0.05
Chance = Callable[[int], float]
"""A number in [0, 1) for a submission."""
_Weighed = tuple[float, datetime, int, Candidate]


def choose(
    shelves: Iterable[Iterable[Candidate]], *, reviewer: Reviewer, now: datetime, terms: Terms, chance: Chance
) -> Candidate | None:
    """The work to read next out of the eligible, or None where no further review is wanted."""
    return next(iter(ranked(shelves, reviewer=reviewer, now=now, terms=terms, chance=chance)), None)


def ranked(
    shelves: Iterable[Iterable[Candidate]], *, reviewer: Reviewer, now: datetime, terms: Terms, chance: Chance
) -> list[Candidate]:
    """The candidates of which a further review is wanted, the most valuable first."""
    candidates = chain.from_iterable(shelves)
    return [row[3] for row in _weighed(candidates, reviewer=reviewer, now=now, terms=terms, chance=chance)]


def leading(
    shelves: Iterable[Sequence[Candidate]], *, reviewer: Reviewer, now: datetime, terms: Terms, chance: Chance
) -> list[Candidate]:
    """The eligible of the shelf where the most valuable stands, the most valuable first.

    Whoever finds the first of them taken may take the next: nobody is served before an equal who waits as long.
    Shelves hold their oldest first, so that most need no look at more than that.
    """
    heads = [(highest(shelf[0], reviewer=reviewer, now=now, terms=terms), shelf) for shelf in shelves]
    best: list[_Weighed] = []
    for bound, shelf in sorted(heads, key=lambda head: -head[0]):
        if bound <= 0 or (best and -best[0][0] > bound):
            break
        fair = (one for one in shelf if eligible(reviewer, one, now=now, terms=terms))
        found = _weighed(fair, reviewer=reviewer, now=now, terms=terms, chance=chance)
        if found and (not best or found[0][:3] < best[0][:3]):
            best = found
    return [row[3] for row in best]


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


def _weighed(
    candidates: Iterable[Candidate], *, reviewer: Reviewer, now: datetime, terms: Terms, chance: Chance
) -> list[_Weighed]:
    """The heaviest first; among equals the oldest."""
    rows = [
        (-heavy, candidate.since, candidate.submission, candidate)
        for candidate in candidates
        if (heavy := weight(candidate, reviewer=reviewer, now=now, terms=terms, chance=chance)) > 0
    ]
    rows.sort(key=lambda row: row[:3])
    return rows
