"""Typed words as a PostgreSQL text query, and texts as words to be found."""

import re
import unicodedata
from itertools import pairwise

ALIASES: dict[str, str] = {
    "certificate": "credential",
    "certificates": "credential",
    "grade": "score",
    "grades": "score",
    "homework": "assignment",
    "homeworks": "assignment",
    "iacc": "mooc",
    "mook": "mooc",
    "mooks": "mooc",
    "platform": "lms",
    "platforms": "lms",
    "student": "learner",
    "students": "learner",
    "teacher": "instructor",
    "teachers": "instructor",
    "test": "quiz",
    "tests": "quiz",
    "discussion forum": "peer forum",
    "discussion forums": "peer forum",
    "online class": "mooc",
    "online classes": "mooc",
    "video lecture": "mooc video",
    "video lectures": "mooc video",
}
"""Words that people bring along, and the words for the same thing here."""

MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def searchable(*texts: str) -> str:
    """The texts with what helps to find them: pairs of signs, and words without their accents."""
    text = " ".join(filter(None, texts)).replace("\0", " ")
    spaced = _SIGNS.sub(lambda run: f" {' '.join(_pairs(run.group()))} ", text)
    plain = _without_accents(spaced)
    return spaced if plain == spaced else f"{spaced} {plain}"


def text_query(typed: str) -> str:
    """What somebody typed as a query for `to_tsquery`: every word must occur, the last one may be unfinished.

    Empty where nothing was typed that could be found.
    """
    words = typed_words(typed)
    groups = []
    at = 0
    while at < len(words):
        taken = 2 if " ".join(words[at : at + 2]) in ALIASES else 1
        phrase = words[at : at + taken]
        at += taken
        groups.append(_group(phrase, last=at == len(words)))
    return " & ".join(groups)


def typed_words(typed: str) -> list[str]:
    """The words of what somebody typed, the first twelve, in small letters."""
    spaced = _SIGNS.sub(lambda run: f" {' '.join(_pairs(run.group()))} ", typed)
    return [word.lower() for word in _WORD.findall(spaced)][:MOST_WORDS]


def _group(phrase: list[str], *, last: bool) -> str:
    ways = [_phrase(phrase)]
    if last and len(phrase) == 1:
        ways = [f"'{phrase[0]}':*"]
    plain = [_without_accents(word) for word in phrase]
    if plain != phrase:
        ways.append(_phrase(plain))
    if alias := ALIASES.get(" ".join(phrase)):
        ways.append(_phrase(alias.split()))
    return ways[0] if len(ways) == 1 else f"({' | '.join(ways)})"


def _phrase(words: list[str]) -> str:
    quoted = " <-> ".join(f"'{word}'" for word in words)
    return quoted if len(words) == 1 else f"({quoted})"


def _pairs(signs: str) -> list[str]:
    return [a + b for a, b in pairwise(signs)] or [signs]


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not _is_latin_accent(part)))


def _is_latin_accent(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f"
