"""Groups of texts that are alike, for staff to look at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stoa.peer_review.rules.copies.passages import Passage, passages
from stoa.peer_review.rules.copies.shingles import Hashes, own_shingles
from stoa.peer_review.rules.copies.signatures import candidates, signatures

LEAST_RUNS = 15
"""Texts with fewer runs of their own are too short to tell."""
ALIKE, TAKEN_OVER = 0.4, 0.7
_SHOWN = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two texts that are alike.

    Attributes:
        one: The id of the first.
        other: The id of the second.
        likeness: The share of their runs that both have, 0 to 1.
        taken_over: The share of the shorter one's runs that the other has too, 0 to 1.
        passages: What they share, the longest first.
    """

    one: str
    other: str
    likeness: float
    taken_over: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Texts joined by likeness: ids in order, and the pairs that join them, the most alike first."""

    members: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @property
    def likeness(self) -> float:
        """That of the most alike pair."""
        return self.pairs[0].likeness


def clusters(
    texts: Mapping[str, str], *, given: Sequence[str] = (), authors: Mapping[str, str] | None = None
) -> tuple[Group, ...]:
    """Groups of texts that share 40 % of their runs of five words, or where one has 70 % of the other.

    Args:
        texts: Id to text, of one run or of many.
        given: What everybody was given: prompt, rubric, template. Quoting it is no likeness.
        authors: Id to author (or team): two texts of one author are never a pair.
    """
    names = sorted(texts)
    shingles = own_shingles((texts[name] for name in names), given)
    long_enough = np.array([place for place, own in enumerate(shingles) if len(own) >= LEAST_RUNS], dtype=np.intp)
    if len(long_enough) < 2:  # noqa: PLR2004 -- a pair
        return ()
    by = authors or {}
    alike: list[tuple[int, int, float, float]] = []
    for one, other in candidates(signatures(shingles), long_enough):
        if by.get(names[one], names[one]) == by.get(names[other], names[other]):
            continue
        likeness, taken_over = _shared(shingles[one], shingles[other])
        if likeness >= ALIKE or taken_over >= TAKEN_OVER:
            alike.append((one, other, likeness, taken_over))
    return _grouped(names, texts, alike)


def _shared(one: Hashes, other: Hashes) -> tuple[float, float]:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both), both / min(len(one), len(other))


def _grouped(
    names: Sequence[str], texts: Mapping[str, str], alike: Sequence[tuple[int, int, float, float]]
) -> tuple[Group, ...]:
    root = {place: place for pair in alike for place in pair[:2]}
    for one, other, _, _ in alike:
        root[_root(root, one)] = _root(root, other)
    joined: dict[int, list[tuple[int, int, float, float]]] = defaultdict(list)
    for pair in alike:
        joined[_root(root, pair[0])].append(pair)
    groups = [
        Group(
            members=tuple(sorted({names[place] for pair in pairs for place in pair[:2]})),
            pairs=tuple(
                _pair(names, texts, pair) for pair in sorted(pairs, key=lambda pair: (-pair[2], pair))[:_SHOWN]
            ),
        )
        for pairs in joined.values()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.likeness, group.members)))


def _pair(names: Sequence[str], texts: Mapping[str, str], pair: tuple[int, int, float, float]) -> Pair:
    one, other, likeness, taken_over = pair
    return Pair(
        one=names[one],
        other=names[other],
        likeness=likeness,
        taken_over=taken_over,
        passages=passages(texts[names[one]], texts[names[other]]),
    )


def _root(root: dict[int, int], place: int) -> int:
    while root[place] != place:
        root[place] = root[root[place]]
        place = root[place]
    return place
