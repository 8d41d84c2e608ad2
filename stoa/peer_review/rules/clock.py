"""The clock and its rescue ladder: what happens to a piece of work that waits, and when it is final."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from stoa.peer_review.rules.allocation.terms import Credit
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.rules.states import WAITING, SubmissionState

EARLY_REVIEWS = 2
NARROW, WIDE = 8.0, 15.0
"""Half-widths of an interval, in points: known well enough; still too wide after many reviews."""
MANY_REVIEWS, FAR_APART = 5, 35.0
MARGIN = timedelta(minutes=30)
"""The last rung comes this much before the promise ends: time enough to score a hundred thousand works due at once."""


class Rung(IntEnum):
    """A step of the ladder, in the order in which they come."""

    FIRST_NUDGE = 1
    SECOND_NUDGE = 2
    FINISHERS = 3
    VOLUNTEERS = 4
    URGENT = 5
    LAST_NUDGE = 6
    EARLY_FINAL = 7
    STAFF = 8
    FINAL = 9


DAYS: Mapping[Rung, float] = {
    Rung.FIRST_NUDGE: 1,
    Rung.SECOND_NUDGE: 3,
    Rung.FINISHERS: 3,
    Rung.VOLUNTEERS: 3,
    Rung.URGENT: 4,
    Rung.LAST_NUDGE: 5,
    Rung.EARLY_FINAL: 5,
    Rung.STAFF: 6,
    Rung.FINAL: 7,
}
"""On which day of the ladder each rung comes."""
NUDGES = frozenset({Rung.FIRST_NUDGE, Rung.SECOND_NUDGE, Rung.LAST_NUDGE})


class Verdict(StrEnum):
    """What is to become of a piece of work now."""

    WAIT = "wait"
    STAFF = "staff"
    FINAL = "final"
    NO_HARM = "no harm"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What the clock looks at."""

    state: SubmissionState
    since: datetime
    done: int = 0
    """Reviews that count."""
    climbed: int = 0
    """The highest rung taken so far; 0 for none."""
    half_width: float | None = None
    """Of the score's interval, in points; None while nothing was estimated."""
    spread: float = 0.0
    """Between the highest and the lowest mark, in points."""
    staff_read: bool = False
    alone: bool = False
    """Hand-ins are over and there is no peer who could read it."""


def rung_at(rung: Rung, *, since: datetime, promise: Promise) -> datetime:
    """When a rung comes."""
    moment = promise.at(since, DAYS[rung])
    return moment - MARGIN if rung is Rung.FINAL else moment


def due_rungs(case: Case, *, now: datetime, promise: Promise) -> tuple[Rung, ...]:
    """The rungs that have come and were not taken yet, in order."""
    if case.state not in WAITING:
        return ()
    return tuple(r for r in Rung if r > case.climbed and rung_at(r, since=case.since, promise=promise) <= now)


def next_rung_at(*, climbed: int, since: datetime, promise: Promise) -> datetime | None:
    """When the clock must look at a piece of work again; None where the ladder has no further rung."""
    return rung_at(Rung(climbed + 1), since=since, promise=promise) if climbed < Rung.FINAL else None


def final_decision(case: Case, *, now: datetime, promise: Promise) -> Verdict:
    """Whether a waiting piece of work is final now, and how."""
    if case.state not in WAITING:
        return Verdict.WAIT
    if case.staff_read:
        return Verdict.FINAL
    if now >= rung_at(Rung.FINAL, since=case.since, promise=promise):
        return Verdict.FINAL if case.done else Verdict.NO_HARM
    if case.done >= EARLY_REVIEWS and now >= promise.at(case.since, DAYS[Rung.EARLY_FINAL]) and _is_known(case):
        return Verdict.FINAL
    return Verdict.STAFF if _needs_staff(case, now, promise) else Verdict.WAIT


def staff_order(*, credit: Credit, on_time: bool, promised_at: datetime) -> tuple[int, int, datetime]:
    """Sorts work that staff read: contributors first, on-time work next, then what is due first."""
    return (credit is not Credit.FULL, not on_time, promised_at)


def _is_known(case: Case) -> bool:
    return case.half_width is not None and case.half_width <= NARROW


def _needs_staff(case: Case, now: datetime, promise: Promise) -> bool:
    on_last_day = now >= promise.at(case.since, DAYS[Rung.STAFF])
    if case.done == 0:
        return on_last_day or case.alone
    if case.done == EARLY_REVIEWS and case.spread > FAR_APART:
        return on_last_day
    return case.done >= MANY_REVIEWS and case.half_width is not None and case.half_width > WIDE
