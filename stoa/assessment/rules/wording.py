"""Whether words are the right ones."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias, cast

import re2

from stoa.coursedoc.model import TextAnswer, TextPart

LONGEST_PATTERN: Final = 4_000
_MEMORY: Final = 1 << 21
# The package has no types.
_SEARCH = cast("Callable[[str, str, re2.Options], object | None]", re2.search)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad"))
_QUOTES = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u201e\u00ab\u00bb", '\'\'\'"""""')

Matcher: TypeAlias = Callable[[str, str, bool], bool]
"""Whether a pattern is found in a text: pattern, text, case sensitive."""


class NotLinear(ValueError):
    """The pattern needs more than one pass (a look-ahead, a back reference), or is no pattern at all."""


def same_words(given: str, right: str, *, case_sensitive: bool) -> bool:
    """Whether two answers are the same but for spaces, quotation marks, and case unless it matters."""
    return _folded(given, case_sensitive=case_sensitive) == _folded(right, case_sensitive=case_sensitive)


def matched(part: TextPart, given: str, matches: Matcher) -> TextAnswer | None:
    """The best answer that covers what was given: right ones before foreseen wrong ones."""
    if not given.strip() or any(len(answer.text) > LONGEST_PATTERN for answer in part.answers):
        return None
    covering: Iterable[TextAnswer]
    if not part.pattern:
        covering = (one for one in part.answers if same_words(given, one.text, case_sensitive=part.case_sensitive))
    else:
        covering = _matched_patterns(part, tidy(given), matches)
    return max(covering, key=lambda one: (one.correct, one.credit), default=None)


def linear(pattern: str, text: str, case_sensitive: bool) -> bool:  # noqa: FBT001 -- a Matcher
    """Find the pattern in time that only grows with the text.

    Raises NotLinear.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    options.case_sensitive = case_sensitive
    try:
        return _SEARCH(_for_re2(pattern), text, options) is not None
    except re2.error as error:
        raise NotLinear(str(error)) from error


def tidy(text: str) -> str:
    """The text without unseen marks and without spaces around it, in one Unicode form."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).strip()


def _folded(text: str, *, case_sensitive: bool) -> str:
    words = " ".join(tidy(unicodedata.normalize("NFKC", text).translate(_QUOTES)).split())
    return words if case_sensitive else unicodedata.normalize("NFC", words.casefold())


def _matched_patterns(part: TextPart, given: str, matches: Matcher) -> Iterator[TextAnswer]:
    right = [one for one in part.answers if one.correct and one.credit >= 1]
    alone = [one for one in part.answers if matches(f"^{one.text.strip()}$", given, part.case_sensitive)]
    yield from alone
    # As on edX, the anchors hold the first and the last of several right patterns: ^one|two$.
    joined = "|".join(one.text.strip() for one in right)
    if len(right) > 1 and not set(alone) & set(right) and matches(f"^{joined}$", given, part.case_sensitive):
        yield right[0]


_ESCAPE = re.compile(r"\\.|\[\^?\]?|\]", re.DOTALL)
_CLASSES = {"\\w": r"\p{L}\p{M}\p{N}_", "\\d": r"\p{Nd}", "\\s": r"\s\p{Z}"}


def _for_re2(pattern: str) -> str:
    r"""The pattern in RE2's words, where \w, \d and \s cover all scripts as they do in Python."""
    inside = False

    def spoken(found: re.Match[str]) -> str:
        nonlocal inside
        text = found.group()
        if text[0] == "[":
            opened = f"\\{text}" if inside else text
            inside = not (inside and text[-1] == "]")
            return opened
        if text == "]":
            inside = False
            return text
        return _escape(text, inside=inside)

    return _ESCAPE.sub(spoken, pattern)


def _escape(text: str, *, inside: bool) -> str:
    if text == r"\Z":
        return r"\z"
    plain = text.lower()
    if plain not in _CLASSES or (inside and text != plain):
        return text
    if inside:
        return _CLASSES[plain]
    return f"[{'^' if text != plain else ''}{_CLASSES[plain]}]"
