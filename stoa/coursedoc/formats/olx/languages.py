"""The language of a course that doesn't say it, by its letters and its commonest words."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

LETTERS = {
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
}
OWN_LETTERS = {"ru": ("uk", re.compile(r"[іїєґІЇЄҐ]")), "ar": ("fa", re.compile(r"[پچژگ]"))}
WORDS = {
    "en": "the of and to is in that you are for with this",
    "es": "el la los las que una en del por con para es se",
    "fr": "le les des une et est vous que dans pour du sur aux",
    "pt": "o os um uma não que em do da dos para com você são",
    "de": "der die das und ist nicht ein eine mit auf den von sie",
    "it": "il che di un una per non gli della sono nel questo",
    "nl": "de het een van en is dat niet zijn op voor met",
    "fi": "ja on ei se että kun tai ovat joka voi sen mukaan",
    "sv": "och att det som en är på av för inte med den",
    "nb": "og det som en er på av for ikke med til å",
    "pl": "i w na nie się jest to że do z jak dla",
    "tr": "ve bir bu için ile olarak da de olan daha gibi çok",
}
COMMON = {language: frozenset(words.split()) for language, words in WORDS.items()}
WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 20_000
FEWEST_WORDS = 50
FEWEST_LETTERS = 200
SHARE_OF_LETTERS = 0.2
"""Of all letters, from which a course is in the language of a script: its names and code stay Latin."""
SHARE_OF_WORDS = 0.05
LEAD = 1.3
"""How many times as many words the likeliest language has as the next."""


def guessed(texts: Iterable[str]) -> str:
    """The language in which most of the texts are written; empty where it can't be told."""
    words = list(islice((word for text in texts for word in WORD.findall(text)), MOST_WORDS))
    return _by_letters("".join(words)) or _by_words([word.lower() for word in words])


def _by_letters(letters: str) -> str:
    if len(letters) < FEWEST_LETTERS:
        return ""
    counts = {language: len(pattern.findall(letters)) for language, pattern in LETTERS.items()}
    if counts["ja"] > counts["zh"] / 5:
        counts["ja"] += counts.pop("zh")
    language = max(counts, key=counts.__getitem__)
    if counts[language] < SHARE_OF_LETTERS * len(letters):
        return ""
    other, own = OWN_LETTERS.get(language, ("", None))
    return other if own and len(own.findall(letters)) > counts[language] / 100 else language


def _by_words(words: list[str]) -> str:
    if len(words) < FEWEST_WORDS:
        return ""
    counts = Counter({language: sum(word in common for word in words) for language, common in COMMON.items()})
    (language, most), (_, next_most) = counts.most_common(2)
    return language if most > SHARE_OF_WORDS * len(words) and most > LEAD * next_most else ""
