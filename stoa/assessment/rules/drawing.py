"""Chance that is the same for a learner at every visit: the order of choices, the items of a pool."""

import random
from collections.abc import Sequence
from typing import TypeVar

from stoa.coursedoc.model import Choice, ChoicePart

T = TypeVar("T")


def ordered(part: ChoicePart, *, seed: str) -> tuple[Choice, ...]:
    """The choices in this learner's order; fixed ones keep their places."""
    if not part.shuffle:
        return part.choices
    moving = [choice for choice in part.choices if not choice.fixed]
    _chance(seed, part.id).shuffle(moving)
    following = iter(moving)
    return tuple(choice if choice.fixed else next(following) for choice in part.choices)


def drawn(members: Sequence[T], *, draw: int | None, pool: str, seed: str) -> tuple[T, ...]:
    """The members of a pool that this learner gets, in the author's order."""
    if draw is None or draw >= len(members):
        return tuple(members)
    places = _chance(seed, pool).sample(range(len(members)), max(0, draw))
    return tuple(members[place] for place in sorted(places))


def _chance(seed: str, name: str) -> random.Random:
    # A string seeds by its sha512: the same on every machine and in every process.
    return random.Random(f"{seed}/{name}")  # noqa: S311 -- an order, no secret
