"""What somebody may have meant who typed something that is nowhere."""

from collections.abc import Iterable
from difflib import get_close_matches

from stoa.catalogue.rules.words import typed_words

ALIKE = 0.6


def guess(typed: str, titles: Iterable[str]) -> str:
    """The typed words, each replaced by the word of a title that is most like it; empty where none is."""
    known = sorted({word for title in titles for word in typed_words(title)})
    meant = [next(iter(get_close_matches(word, known, n=1, cutoff=ALIKE)), word) for word in typed_words(typed)]
    return " ".join(meant) if meant != typed_words(typed) else ""
