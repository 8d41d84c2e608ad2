"""Names of files: fit for every system, and telling nothing of their author."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 80
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w .,()+-]+")
_WORDS = re.compile(r"[^\W_]+")
SHORTEST_NAME = 3


def ending_of(name: str) -> str:
    """The letters after the last dot, in small; empty where there are none."""
    last = _last(name)
    before, dot, ending = last.rpartition(".")
    return ending.lower() if dot and before else ""


def clean_name(name: str) -> str:
    """The name without folders, control characters and tricks with the direction of writing; never empty."""
    last = _last(name)
    ending = ending_of(last)
    stem = last.removesuffix(f".{last.rpartition('.')[2]}") if ending else last
    # Cut first: where a long name is cut, there may be a sign that no name may end with.
    stem = _SIGNS.sub("-", stem).strip(" .-")[:LONGEST].strip(" .-") or "file"
    if _RESERVED.fullmatch(stem):
        stem = f"{stem}-file"
    ending = re.sub(r"[^a-z0-9]", "", ending)[:10]
    return f"{stem}.{ending}" if ending else stem


def anonymous(name: str, words: Iterable[str]) -> str:
    """The clean name without these words, which tell who wrote it."""
    clean = clean_name(name)
    stem, dot, ending = clean.rpartition(".") if "." in clean else (clean, "", "")
    secret = {part.casefold() for word in words for part in _WORDS.findall(word) if len(part) >= SHORTEST_NAME}
    told = _WORDS.sub(lambda found: "" if found[0].casefold() in secret else found[0], stem)
    told = re.sub(r"[\s_.,()+-]{2,}", "-", told).strip(" .,_+-") or "file"
    return f"{told}{dot}{ending}"


def _last(name: str) -> str:
    flat = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in flat if unicodedata.category(sign)[0] != "C").strip()
