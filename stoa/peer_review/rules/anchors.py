"""Work that staff read to see how high all reviewers mark, and what an appeal leads to."""

import random
from collections.abc import Collection
from datetime import datetime, timedelta

TARGET, NEEDED = 10, 5
"""Anchors that an assignment should have, and from how many on they tell how high all reviewers mark."""
APPEAL_DAYS = 14


def drawn(
    *, open_work: Collection[int], read: Collection[int], chance: random.Random, target: int = TARGET
) -> list[int]:
    """Which further work staff should read: by chance alone, so that it stands for all of it.

    Args:
        open_work: Submissions that peers may read.
        read: Those that staff have read as anchors, or were asked to.
        chance: Where chance comes from.
        target: How many anchors are wanted.
    """
    left = sorted(set(open_work) - set(read))
    return chance.sample(left, min(max(target - len(set(read)), 0), len(left)))


def may_appeal(*, result_at: datetime, now: datetime, appealed: bool, days: int = APPEAL_DAYS) -> bool:
    """True within two weeks of the result, once."""
    return not appealed and result_at <= now <= result_at + timedelta(days=days)


def after_appeal(*, before: float, found: float, integrity: bool = False) -> float:
    """The score after an appeal: never lower than before, unless the work turned out not to be the author's own."""
    return found if integrity else max(before, found)
