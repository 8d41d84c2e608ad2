"""Whether there is anything to see."""

import re
from html import unescape

_SHOWS = re.compile(
    r"<(?:img|picture|svg|math|table|iframe|object|embed|video|audio|canvas|input|select|textarea)\b", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")
# Spaces that are no white space to Python: zero-width ones, the word joiner, the byte order mark.
_NOTHING = " \t\r\n\N{NO-BREAK SPACE}\u200b\u200c\u200d\u2060\ufeff"


def is_visible(html: str) -> bool:
    """True where safe HTML has words, a picture, a table, a frame, a field or media in it."""
    return bool(_SHOWS.search(html) or unescape(_TAG.sub("", html)).strip(_NOTHING))
