"""How much the next review of a piece of work is worth."""

from datetime import datetime

from stoa.peer_review.rules.allocation.terms import Candidate, Credit, Reviewer, Terms

URGENT_DAY = 4
NARROW = 8.0
"""Half-width of an interval, in points, at which a score is known well enough."""
MOST = 6
"""No piece of work gets more reviews than these by uncertainty."""

# Everyone's first review comes before anyone's second (docs/decisions/0011).
_CONTRIBUTOR = (2.0, 1.6, 1.2)
_SOME = (1.97, 0.8, 0.5)
_OTHERS = (1.95, 0.4, 0.2)
_PER_DAY = 0.05
_LATE = 0.5
_BEYOND = 0.5
# Whatever uncertainty is worth, it comes after coverage: less than late work of an author without credit.
_UNCERTAIN, _NEAR_LINE = 0.02, 0.01


def value(candidate: Candidate, *, now: datetime, terms: Terms, reviewer: Reviewer | None = None) -> float:
    """The value of one more review; 0 where none is wanted."""
    effective = candidate.done + candidate.leased
    if effective >= terms.wanted:
        return _certainty(candidate, terms, reviewer) if wants_more(candidate, terms) else 0.0
    age = terms.promise.age(candidate.since, now)
    if effective == 0 and (rescue := _rescue(candidate, age, backlog=terms.backlog)):
        return rescue
    return _standing(candidate, effective, age)


def wants_more(candidate: Candidate, terms: Terms) -> bool:
    """True where the reviews so far leave the score too uncertain, and no other is being written."""
    return (
        candidate.done >= terms.wanted
        and candidate.leased == 0
        and candidate.done < MOST
        and candidate.half_width is not None
        and candidate.half_width > NARROW
    )


def is_backlog(*, unread: int, completed_in_a_day: int) -> bool:
    """True where more work has neither review nor reader than two days' reviews."""
    return unread > 2 * completed_in_a_day


def _rescue(candidate: Candidate, age: float, *, backlog: bool) -> float:
    """The value of work that nobody reads and that may miss its promise."""
    if candidate.credit is Credit.FULL:
        return 30 + age if age >= URGENT_DAY or backlog else 0.0
    if candidate.on_time and age >= URGENT_DAY:
        return 3 + age + (2 if candidate.credit is Credit.SOME else 0)
    return 0.0


def _standing(candidate: Candidate, effective: int, age: float) -> float:
    if candidate.credit is Credit.FULL:
        return _step(_CONTRIBUTOR, effective) + _PER_DAY * age
    if candidate.credit is Credit.SOME:
        return _step(_SOME, effective)
    return _step(_OTHERS, effective) * (1 if candidate.on_time else _LATE)


def _step(steps: tuple[float, ...], effective: int) -> float:
    """The value at this count; where more than three reviews are wanted, it halves with each."""
    last = len(steps) - 1
    return steps[effective] if effective <= last else steps[last] * _BEYOND ** (effective - last)


def _certainty(candidate: Candidate, terms: Terms, reviewer: Reviewer | None) -> float:
    """How much of the score's variance one more review would take away, far below any coverage."""
    variance = candidate.variance or 0.0
    noise = (reviewer or Reviewer(person=0)).noise
    gain = variance / (variance + noise)
    scale = _BEYOND ** max(terms.wanted - 3, 0)
    return scale * (_UNCERTAIN * gain + (_NEAR_LINE if candidate.near_line else 0.0))
