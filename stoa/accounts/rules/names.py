"""What a display name may be: anything that shows, and need not be the legal name."""

import unicodedata

LONGEST = 80
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Scripts such as Persian and Hindi need these two inside a word.
_JOINERS = {"\u200c", "\u200d"}


class NameRefused(ValueError):
    """A display name needs at least one letter or sign that shows, and at most 80."""


def tidy(typed: str) -> str:
    """The name in one line, without characters that hide or turn the text around it."""
    name = " ".join("".join(filter(_shows, unicodedata.normalize("NFC", typed))).split())
    if not name.strip("\u200c\u200d ") or len(name) > LONGEST:
        raise NameRefused
    return name


def initials(name: str) -> str:
    """Two letters for the avatar."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def _shows(sign: str) -> bool:
    return sign.isspace() or sign in _JOINERS or unicodedata.category(sign) not in _HIDDEN
