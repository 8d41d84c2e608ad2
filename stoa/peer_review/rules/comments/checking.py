"""What to mend in a comment before it is sent. English words are known; all else works in every language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from stoa.peer_review.rules.comments.english import HURTS, VAGUE
from stoa.peer_review.rules.likeness import contained, most_alike, quotes, without_quotes, words

LEAST_WORDS = 5
_TELLING = 2
# A line number more or less makes another comment; a capital or a comma does not.
_SAME, _COPIED = 0.9, 0.85
_LOUD_LETTERS, _LOUD = 12, 0.7
_LETTERS = re.compile(r"[^\W\d_]")
_HELD_KEY = re.compile(r"(.)\1{5,}|(.{2,4})\2{3,}", re.DOTALL)
_CRIES = re.compile(r"[!?\uff01\uff1f\u061f]{3,}")
_ENGLISH_WORDS = 0.3


class Lack(StrEnum):
    """What is wrong with a comment."""

    EMPTY = "empty"
    SHORT = "short"
    NO_WORDS = "no_words"
    REPEATED = "repeated"
    COPIED = "copied"
    VAGUE = "vague"
    UNKIND = "unkind"
    SHOUTED = "shouted"


REFUSED = frozenset({Lack.EMPTY, Lack.SHORT, Lack.NO_WORDS, Lack.REPEATED, Lack.COPIED})
"""With these a comment is not sent; the others are advice, which a reviewer may overrule by sending again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """One thing to mend, and the words that it is about."""

    lack: Lack
    about: str = ""

    @property
    def refuses(self) -> bool:
        """True where the comment can't be sent like this."""
        return self.lack in REFUSED


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a comment is compared with: the work, the rubric's own texts, and what this reviewer wrote elsewhere."""

    work: str = ""
    rubric: Sequence[str] = field(default_factory=tuple)
    earlier: Sequence[str] = field(default_factory=tuple)


NOTHING = Around()


def remarks(text: str, *, required: bool, around: Around = NOTHING) -> tuple[Remark, ...]:
    """What to mend; nothing where the comment may go as it is. A comment that is not required may be left empty."""
    if not text.strip():
        return (Remark(lack=Lack.EMPTY),) if required else ()
    hurt = [Remark(lack=Lack.UNKIND, about=found) for found in _hurts(text)]
    refused = _refusal(text, around)
    if refused:
        return (refused, *hurt)
    return (*hurt, *_advice(text, around))


def may_be_hidden(text: str) -> bool:
    """True where a comment might hurt its author: it is folded up until the author opens it."""
    return next(_hurts(text), None) is not None


def _refusal(text: str, around: Around) -> Remark | None:
    said = words(text)
    if not _LETTERS.search(text) or _HELD_KEY.search(re.sub(r"[\s\-=*_.]+", " ", text)) or _one_word_again(said):
        return Remark(lack=Lack.NO_WORDS)
    if len(said) < LEAST_WORDS:
        return Remark(lack=Lack.SHORT)
    if most_alike(text, around.earlier) >= _SAME:
        return Remark(lack=Lack.REPEATED)
    if any(contained(text, rubric) >= _COPIED for rubric in around.rubric):
        return Remark(lack=Lack.COPIED)
    return None


def _advice(text: str, around: Around) -> Iterator[Remark]:
    if _is_vague(text, around):
        yield Remark(lack=Lack.VAGUE)
    letters = _LETTERS.findall(text)
    if _CRIES.search(text) or (
        len(letters) >= _LOUD_LETTERS and sum(letter.isupper() for letter in letters) > _LOUD * len(letters)
    ):
        yield Remark(lack=Lack.SHOUTED)


def _is_vague(text: str, around: Around) -> bool:
    """True where it could be about any work: neither a quotation nor a figure, and hardly a word of its own."""
    if any(letter.isdigit() for letter in text) or (around.work and quotes(text, around.work)):
        return False
    said = words(text)
    english = sum(word in VAGUE for word in said) >= _ENGLISH_WORDS * len(said)
    if english:
        return len({word for word in said if word not in VAGUE}) < _TELLING
    # In other languages: a word in common with the work or the rubric, or more than a few words.
    known = {word for known in (around.work, *around.rubric) for word in words(known) if len(word) > _TELLING}
    return len(set(said)) <= LEAST_WORDS + _TELLING and bool(known) and not known & set(said)


def _hurts(text: str) -> Iterator[str]:
    """Words that hurt, not those that are quoted from the work."""
    for found in HURTS.finditer(without_quotes(text).replace("\u2019", "'")):
        yield found.group()


def _one_word_again(said: Sequence[str]) -> bool:
    return len(said) >= LEAST_WORDS and len(set(said)) < _TELLING
