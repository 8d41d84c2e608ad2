"""When two wishes are the same."""

from stoa.catalogue.rules.words import typed_words


def wish_key(words: str) -> str:
    """The wish's words in small letters, each once, sorted: `Python for nurses` is `nurses for python`."""
    return " ".join(sorted(set(typed_words(words))))[:120]
