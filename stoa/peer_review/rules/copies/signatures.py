"""MinHash (Broder 1997) with banding: which texts may be alike, without comparing all pairs."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from stoa.peer_review.rules.copies.shingles import Hashes, mixed

Signatures = NDArray[np.uint32]

ROWS, BANDS = 3, 21
"""Texts that share 36 % of their runs meet in some band with even odds, those that share 60 % with 99 in 100."""
_COUNT = ROWS * BANDS
_CROWD = 30


def signatures(shingles: Sequence[Hashes]) -> Signatures:
    """The smallest of each of 63 hash functions over each text's runs: (T, 63)."""
    chance = np.random.default_rng(20120)
    factors = chance.integers(0, 2**64, size=(_COUNT, 1), dtype=np.uint64) | np.uint64(1)
    offsets = chance.integers(0, 2**64, size=(_COUNT, 1), dtype=np.uint64)
    found = np.zeros((len(shingles), _COUNT), dtype=np.uint32)
    for place, hashes in enumerate(shingles):
        if len(hashes):
            found[place] = np.min(hashes * factors + offsets, axis=1) >> np.uint64(32)
    return found


def candidates(signed: Signatures, places: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Pairs of places (smaller first) that agree in a whole band; each pair once."""
    seen: set[tuple[int, int]] = set()
    for band in range(BANDS):
        rows = signed[places, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        key = mixed(mixed(rows[:, 0] << np.uint64(32) | rows[:, 1]) + rows[:, 2])
        order = np.argsort(key, kind="stable")
        ranked = key[order]
        starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]]))
        ends = np.append(starts[1:], len(ranked))
        for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
            for pair in _pairs(places[order[start:end]].tolist()):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _pairs(group: list[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a small group; of a crowd, each with its neighbour and with the first: enough to join it."""
    if len(group) <= _CROWD:
        yield from ((one, other) for at, one in enumerate(group) for other in group[at + 1 :])
        return
    yield from itertools.pairwise(group)
    yield from ((group[0], other) for other in group[2:])
