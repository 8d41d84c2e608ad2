"""Events that are written as one JSON document, a list or objects over several lines, as lines of a log."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

_SIGNS: Final = ((b'"event_type"',), (b'"timestamp"', b'"context"'))
#: An object larger than this is no event; what is left of the document is handed on as it is.
_LARGEST: Final = 16 << 20


def is_document(name: str, beginning: bytes) -> bool:
    """Whether events of this file lie in a document, by its name and its first bytes."""
    text = beginning.lstrip(b"\xef\xbb\xbf \t\r\n")
    listed = text.startswith(b"[") or text.split(b"\n", 1)[0].strip() == b"{"
    return ".json" in name and listed and any(all(sign in text for sign in signs) for signs in _SIGNS)


def reflowed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """One line an object, each in its own spelling; what is no JSON is a line as it stands, so that nothing is lost."""
    left = ""
    for chunk in _decoded(chunks):
        lines, left = _lines(left + chunk)
        if lines:
            yield lines.encode("utf-8", "surrogateescape")
    if left.strip(_BETWEEN):
        yield f"{_flat(left)}\n".encode("utf-8", "surrogateescape")


_BETWEEN: Final = "\ufeff[], \t\r\n"
_BEGINS: Final = re.compile(r"[\n,\[]\s*\{")
_DECODER: Final = json.JSONDecoder()


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """Texts that end between two characters."""
    left = b""
    for chunk in chunks:
        text = left + chunk
        # A line break is never part of another character.
        whole = text.rfind(b"\n") + 1 or text.rfind(b"}") + 1
        left = text[whole:]
        yield text[:whole].decode("utf-8", "surrogateescape")
    yield left.decode("utf-8", "surrogateescape")


def _lines(text: str) -> tuple[str, str]:
    """The objects that are whole, one a line, and what is left."""
    found: list[str] = []
    place = 0
    while True:
        begin = _next(text, place)
        try:
            _, end = _DECODER.raw_decode(text, begin)
        except (ValueError, RecursionError):
            end = _next_event(text, begin)
            if not end and len(text) - begin < _LARGEST:
                return "".join(found), text[begin:]
            end = end or text.find("\n", begin) + 1 or len(text)
        found.append(_flat(text[begin:end]) + "\n")
        place = end


def _next(text: str, place: int) -> int:
    """Where the next object begins."""
    while place < len(text) and text[place] in _BETWEEN:
        place += 1
    return place


def _next_event(text: str, broken: int) -> int:
    """Where the event behind a broken one begins; 0 where none has come yet."""
    for candidate in _BEGINS.finditer(text, broken + 1):
        try:
            found, _ = _DECODER.raw_decode(text, candidate.end() - 1)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and ("event_type" in found or "timestamp" in found):
            return candidate.end() - 1
    return 0


def _flat(text: str) -> str:
    """In a string of JSON no line break stands for itself, so that each may go."""
    return text.replace("\r", " ").replace("\n", " ").strip()
