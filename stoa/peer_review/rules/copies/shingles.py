"""Texts as sets of hashed runs of words, in any script. Hashes are the same on every machine and in every run."""

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from stoa.peer_review.rules.likeness import words

Hashes = NDArray[np.uint64]

RUN = 5
"""Words in a row that are hashed together."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_EVERYBODY, _MANY = 0.3, 20


class Vocabulary(dict[str, int]):
    """Hashes of words, worked out when a word is first seen."""

    def __missing__(self, word: str) -> int:
        raw = word.encode()
        # Two sums make collisions of words as rare as those of 64 bits.
        number = self[word] = zlib.crc32(raw) << 32 | zlib.adler32(raw)
        return number

    def shingles(self, text: str) -> Hashes:
        """The distinct hashes (S,) of a text's runs of words, sorted; empty for a text shorter than a run."""
        numbers = np.array(list(map(self.__getitem__, words(text))), dtype=np.uint64)
        if len(numbers) < RUN:
            return np.array([], dtype=np.uint64)
        count = len(numbers) - RUN + 1
        hashed = np.zeros(count, dtype=np.uint64)
        for place in range(RUN):
            hashed = hashed * _MULTIPLIER + numbers[place : place + count]
        return np.unique(mixed(hashed))


def mixed(values: Hashes) -> Hashes:
    """Spread bits over all 64 (the finaliser of MurmurHash3); wraps around as unsigned integers do."""
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def own_shingles(texts: Iterable[str], given: Sequence[str]) -> list[Hashes]:
    """Each text's runs without those of the prompt, the rubric and templates, and without what nearly everybody has."""
    vocabulary = Vocabulary()
    everyone = np.unique(np.concatenate([np.array([], dtype=np.uint64), *map(vocabulary.shingles, given)]))
    found = [_without(vocabulary.shingles(text), everyone) for text in texts]
    if len(found) < _MANY:
        return found
    values, counts = np.unique(np.concatenate(found), return_counts=True)
    usual = values[counts > _EVERYBODY * len(found)]
    return [_without(one, usual) for one in found] if len(usual) else found


def _without(hashes: Hashes, others: Hashes) -> Hashes:
    if not len(others) or not len(hashes):
        return hashes
    at = np.minimum(np.searchsorted(others, hashes), len(others) - 1)
    own: Hashes = hashes[others[at] != hashes]
    return own
