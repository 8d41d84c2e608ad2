"""Outside resources over time: do they still answer, and do they still say what the course's authors read?

A page is remembered by a similarity hash of its words (Charikar 2002): a new date or advertisement changes a few of
its 64 bits, another page about half of them.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from itertools import islice

BITS = 64
SHINGLE = 3
MOST_WORDS = 40_000
DRIFT = 16
"""Bits apart from which a page is called changed.

A tenth of the words replaced in one place gave 8 to 14, another page 25 to 40.
"""
PATIENCE = 2
"""Checks in a row that fail before learners are told: servers rest for a night."""
NOT_FOUND = frozenset({404, 410, 451})
NOT_FOR_PROGRAMS = frozenset({401, 403, 405, 406, 429, 999})
SERVER_FAULT = 500


class Standing(StrEnum):
    """How an outside resource was found."""

    ANSWERS = "answers"
    MOVED = "moved"
    """It answers, and says that it now lives elsewhere for good."""
    UNCLEAR = "unclear"
    """Its site turns programs away; people may still be let in."""
    FAILING = "failing"
    """It did not answer, or with a fault of its server."""
    MISSING = "missing"
    """Its site says that there is no such page, or there is no such site."""
    REFUSED = "refused"
    """An address that Stoa does not open: not on the public web."""


BROKEN = frozenset({Standing.FAILING, Standing.MISSING, Standing.REFUSED})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back from an address. `status` is 0 where nothing did; `problem` then says why."""

    status: int = 0
    moved_to: str = ""
    fingerprint: str = ""
    missing: bool = False
    refused: bool = False
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is remembered of an address. `fingerprint` is of what the authors last approved, as 16 hex digits."""

    standing: Standing = Standing.ANSWERS
    checked_at: datetime | None = None
    failures: int = 0
    broken_since: datetime | None = None
    fingerprint: str = ""
    latest: str = ""
    drifted_at: datetime | None = None
    moved_to: str = ""
    problem: str = ""

    @property
    def told_to_learners(self) -> bool:
        """Whether learners are warned before they follow the link."""
        return self.standing in BROKEN and self.failures >= PATIENCE


def judge(known: Known, answer: Answer, *, at: datetime) -> Known:
    """What to remember after an answer."""
    standing = standing_of(answer)
    broken = standing in BROKEN
    latest = answer.fingerprint or known.latest
    approved = known.fingerprint or latest
    drifted = bool(answer.fingerprint) and distance(approved, answer.fingerprint) >= DRIFT
    return Known(
        standing=standing,
        checked_at=at,
        failures=known.failures + 1 if broken else 0,
        broken_since=(known.broken_since or at) if broken else None,
        fingerprint=approved,
        latest=latest,
        drifted_at=_since(known, answer, drifted=drifted, at=at),
        moved_to=answer.moved_to,
        problem=answer.problem,
    )


def _since(known: Known, answer: Answer, *, drifted: bool, at: datetime) -> datetime | None:
    """Since when the page says something else; a page that did not answer says nothing new."""
    if not answer.fingerprint:
        return known.drifted_at
    return (known.drifted_at or at) if drifted else None


def standing_of(answer: Answer) -> Standing:
    """How an address was found, by its answer."""
    if answer.refused:
        return Standing.REFUSED
    if answer.missing or answer.status in NOT_FOUND:
        return Standing.MISSING
    if answer.status in NOT_FOR_PROGRAMS:
        return Standing.UNCLEAR
    if answer.status == 0 or answer.status >= SERVER_FAULT:
        return Standing.FAILING
    return Standing.MOVED if answer.moved_to else Standing.ANSWERS


def fingerprint(text: str) -> str:
    """The similarity hash of a text's words as 16 hex digits; empty where there are no words."""
    words = [match.group() for match in islice(re.finditer(r"\w+", text.casefold()), MOST_WORDS)]
    if not words:
        return ""
    sums = [0] * BITS
    for start in range(max(1, len(words) - SHINGLE + 1)):
        bits = int.from_bytes(blake2b(" ".join(words[start : start + SHINGLE]).encode(), digest_size=8).digest())
        for place in range(BITS):
            sums[place] += 1 if bits >> place & 1 else -1
    return f"{sum(1 << place for place, total in enumerate(sums) if total > 0):016x}"


def distance(one: str, other: str) -> int:
    """How many of the 64 bits of two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
