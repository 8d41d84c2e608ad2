"""The states of a submission and of a review, and which may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class SubmissionState(StrEnum):
    """Where a piece of work is on its way to a score."""

    SUBMITTED = "submitted"
    SCREEN = "screen"
    OPEN = "open"
    PROVISIONAL = "provisional"
    URGENT = "urgent"
    STAFF = "staff"
    INTEGRITY_HOLD = "integrity_hold"
    FINAL = "final"
    APPEAL = "appeal"
    REVIEWING = "reviewing"
    NO_HARM = "no_harm"
    WITHDRAWN = "withdrawn"


class ReviewState(StrEnum):
    """Where a review is."""

    RESERVED = "reserved"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DOWNWEIGHTED = "downweighted"
    VOID = "void"
    EXPIRED = "expired"
    DECLINED = "declined"
    RELEASED = "released"


class StateRefused(Exception):
    """This can't follow what is there now."""


S, R = SubmissionState, ReviewState
WAITING = frozenset({S.OPEN, S.PROVISIONAL, S.URGENT, S.STAFF})
"""The clock runs, and peers are given the work to read."""
READABLE = WAITING | {S.NO_HARM}
"""Peers are given the work to read: what was left out of the score takes every later review."""
_ASIDE = frozenset({S.INTEGRITY_HOLD, S.WITHDRAWN})
SUBMISSION_MOVES: Mapping[SubmissionState, frozenset[SubmissionState]] = {
    S.SUBMITTED: frozenset({S.SCREEN, S.OPEN, S.WITHDRAWN}),
    S.SCREEN: frozenset({S.OPEN, S.STAFF}) | _ASIDE,
    S.OPEN: frozenset({S.PROVISIONAL, S.URGENT, S.STAFF, S.FINAL, S.NO_HARM, S.SCREEN}) | _ASIDE,
    S.URGENT: frozenset({S.PROVISIONAL, S.STAFF, S.FINAL, S.NO_HARM, S.SCREEN}) | _ASIDE,
    S.PROVISIONAL: frozenset({S.STAFF, S.FINAL, S.OPEN, S.SCREEN}) | _ASIDE,
    S.STAFF: frozenset({S.PROVISIONAL, S.FINAL, S.NO_HARM, S.SCREEN}) | _ASIDE,
    S.INTEGRITY_HOLD: frozenset({S.OPEN, S.PROVISIONAL, S.STAFF, S.FINAL, S.NO_HARM, S.WITHDRAWN}),
    S.FINAL: frozenset({S.APPEAL, S.INTEGRITY_HOLD}),
    S.APPEAL: frozenset({S.REVIEWING, S.FINAL}),
    S.REVIEWING: frozenset({S.FINAL}),
    S.NO_HARM: frozenset({S.FINAL}),
    S.WITHDRAWN: frozenset(),
}
REVIEW_MOVES: Mapping[ReviewState, frozenset[ReviewState]] = {
    R.RESERVED: frozenset({R.SUBMITTED, R.EXPIRED, R.DECLINED, R.RELEASED}),
    # Late is better than lost: what comes after the lease is taken all the same, or reserved again.
    R.EXPIRED: frozenset({R.SUBMITTED, R.RESERVED, R.DECLINED, R.RELEASED}),
    R.RELEASED: frozenset({R.SUBMITTED}),
    R.SUBMITTED: frozenset({R.ACCEPTED, R.DOWNWEIGHTED, R.VOID}),
    R.ACCEPTED: frozenset({R.DOWNWEIGHTED, R.VOID}),
    R.DOWNWEIGHTED: frozenset({R.ACCEPTED, R.VOID}),
    R.VOID: frozenset({R.ACCEPTED}),
    R.DECLINED: frozenset(),
}
COUNTING = frozenset({R.ACCEPTED, R.DOWNWEIGHTED})
"""Reviews that go into a score."""


def moved(old: SubmissionState, new: SubmissionState) -> SubmissionState:
    """The new state of a submission.

    Raises StateRefused where it can't follow the old one.
    """
    if new is not old and new not in SUBMISSION_MOVES[old]:
        raise StateRefused(f"{old} can't become {new}")
    return new


def review_moved(old: ReviewState, new: ReviewState) -> ReviewState:
    """The new state of a review.

    Raises StateRefused where it can't follow the old one.
    """
    if new not in REVIEW_MOVES[old]:
        raise StateRefused(f"A review that is {old} can't become {new}")
    return new


def after_review(state: SubmissionState) -> SubmissionState:
    """What a submission becomes by an accepted review."""
    if state in WAITING:
        return S.PROVISIONAL
    return S.FINAL if state is S.NO_HARM else state
