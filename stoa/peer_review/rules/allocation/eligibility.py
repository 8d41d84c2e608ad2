"""Who may read what."""

from datetime import datetime
from enum import StrEnum

from stoa.peer_review.rules.allocation.terms import Candidate, Reviewer, Role, Terms

SMALL_POOL = 12
"""Below so many authors, two may read each other's work: else somebody would go without."""
SECOND_LANGUAGE_DAY = 2
"""Work that no one with its language took goes to people who read it as a second one."""
VOLUNTEER_DAY = 3


class Bar(StrEnum):
    """Why somebody may not read a piece of work."""

    CLOSED = "closed"
    OWN = "own"
    SEEN = "seen"
    APART = "apart"
    ALIKE = "alike"
    RETURNED = "returned"
    LANGUAGE = "language"
    NOT_URGENT = "not urgent"


def eligible(reviewer: Reviewer, candidate: Candidate, *, now: datetime, terms: Terms) -> bool:
    """True where nothing forbids this person to read this work."""
    return hindrance(reviewer, candidate, now=now, terms=terms) is None


def hindrance(reviewer: Reviewer, candidate: Candidate, *, now: datetime, terms: Terms) -> Bar | None:
    """Why this person may not read this work, or None."""
    if candidate.submission in reviewer.seen:
        return Bar.SEEN
    authors = candidate.authors
    if reviewer.person in authors:
        return Bar.OWN
    if not authors.isdisjoint(reviewer.apart):
        return Bar.APART
    if candidate.cluster and candidate.cluster in reviewer.clusters:
        return Bar.ALIKE
    if terms.pool >= SMALL_POOL and not authors.isdisjoint(reviewer.read_by):
        return Bar.RETURNED
    return _reading(reviewer, candidate, now, terms)


def _reading(reviewer: Reviewer, candidate: Candidate, now: datetime, terms: Terms) -> Bar | None:
    if now < candidate.since:
        return Bar.CLOSED
    if candidate.language and reviewer.languages and candidate.language not in reviewer.languages:
        relaxed = now >= terms.promise.at(candidate.since, SECOND_LANGUAGE_DAY)
        if not (relaxed and candidate.language in reviewer.second_languages):
            return Bar.LANGUAGE
    if reviewer.role is Role.VOLUNTEER and not _asks_for_volunteers(candidate, now, terms):
        return Bar.NOT_URGENT
    return None


def _asks_for_volunteers(candidate: Candidate, now: datetime, terms: Terms) -> bool:
    return candidate.effective == 0 and now >= terms.promise.at(candidate.since, VOLUNTEER_DAY)
