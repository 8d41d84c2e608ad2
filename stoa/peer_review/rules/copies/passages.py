"""The words that two texts share, as they stand in the first."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from stoa.peer_review.rules.likeness import words

LEAST = 8
"""Words in a row that make a passage."""
_MOST_WORDS = 4_000
_SPACED = re.compile(r"\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A passage that two texts share: its words in the first text, and where it begins there and in the second."""

    text: str
    at: int
    other_at: int
    words: int


def passages(one: str, other: str) -> tuple[Passage, ...]:
    """Shared passages of eight words or more, the longest first."""
    mine, theirs = _placed(one), _placed(other)
    blocks = SequenceMatcher(
        None, [word for word, _, _ in mine], [word for word, _, _ in theirs], autojunk=False
    ).get_matching_blocks()
    found = [
        Passage(
            text=one[mine[block.a][1] : mine[block.a + block.size - 1][2]],
            at=mine[block.a][1],
            other_at=theirs[block.b][1],
            words=block.size,
        )
        for block in blocks
        if block.size >= LEAST
    ]
    return tuple(sorted(found, key=lambda passage: (-passage.words, passage.at)))


def _placed(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text with where each begins and ends in it."""
    found: list[tuple[str, int, int]] = []
    for piece in _SPACED.finditer(text):
        found += [(word, piece.start(), piece.end()) for word in words(piece.group())]
        if len(found) >= _MOST_WORDS:
            break
    return found
