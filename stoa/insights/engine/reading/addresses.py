"""What an address of a page tells: its course, what of the course was asked for, and what kind of event that is."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.reading.names import KEY, block_key

# A path of Stoa names its course by a word of its own; it is no old key of organisation, number and run.
_COURSE: Final = re.compile(
    r"/(?:courses|course|course_home/outline|courseware/course)/"
    rf"({KEY}|(?!course-v1:|ccx-v1:|v\d+/|[^/]+/(?:runs|insights|steps|pages|outside-resources)/)[^/+:\s]+/[^/+:\s]+/[^/+:\s?#]+)(?=[/?#]|$)(.*)"
)
_KEY: Final = re.compile(r"((?:ccx-)?block-v1:[^/?#]+|i4x://[^/]+/[^/]+/[^/]+/[^/?#]+|i4x:;_;_[^/?#]+)")
_STOA: Final = re.compile(r"/courses/[^/]+/[^/]+/(steps/(?P<step>[^/]+)/|progress/|)$")
_COURSEWARE_PARTS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked for: an address in the terms of events. Empty strings where it does not tell."""

    kind: Kind
    course: str = ""
    object: str = ""
    chapter: str = ""


@lru_cache(maxsize=200_000)
def asked(address: str) -> Asked:
    """What this path or address of a page was about."""
    address = unquote(address) if "%" in address else address
    found = _COURSE.search(address)
    if not found:
        return _without_course(address)
    course, rest = found[1], found[2].partition("?")[0]
    if "/" in course and not rest.startswith("/") and course.count("/") != 2:  # noqa: PLR2004 -- three words: org, number, run
        return Asked(kind=Kind.OTHER)
    return _in_course(course, rest, address)


@lru_cache(maxsize=200_000)
def asked_of_stoa(path: str, course: str) -> Asked:
    """What one of Stoa's own paths, of a run whose key the event tells, was about."""
    found = _STOA.search(path)
    if not found:
        return Asked(kind=Kind.OTHER, course=course, object=path)
    if step := found["step"]:
        return Asked(kind=Kind.PAGE, course=course, object=block_key(course, "vertical", step))
    kind = Kind.PROGRESS if path.endswith("/progress/") else Kind.OUTLINE
    return Asked(kind=kind, course=course, object=path)


def _without_course(address: str) -> Asked:
    path = urlsplit(address).path if "://" in address and not address.startswith("/") else address
    if "/handler/" in path or "/handler_noauth/" in path or path.startswith("/preview/xblock/"):
        return Asked(kind=Kind.HANDLER, object=_key(path))
    if path.startswith(("/xblock/block-v1:", "/xblock/ccx-block-v1:")) and path.count("/") == 2:  # noqa: PLR2004 -- the address ends behind the key
        return Asked(kind=Kind.PAGE, object=_key(path))
    return Asked(kind=Kind.OTHER, object=path[:200])


def _in_course(course: str, rest: str, address: str) -> Asked:
    words = [word for word in rest.split("/") if word]
    first = words[0] if words else ""
    if first == "courseware":
        chapter = block_key(course, "chapter", words[1]) if len(words) > 1 else ""
        lesson = block_key(course, "sequential", words[2]) if len(words) >= _COURSEWARE_PARTS else ""
        return Asked(kind=Kind.PAGE, course=course, object=lesson or chapter or f"{course}/courseware", chapter=chapter)
    if first in {"xblock", "modx"}:
        return Asked(kind=Kind.HANDLER, course=course, object=_key(rest))
    if first in {"jump_to", "jump_to_id"}:
        return Asked(kind=Kind.PAGE, course=course, object=_key(rest) or "/".join(words[1:2]))
    kind = _KINDS.get(first, Kind.OTHER)
    return Asked(kind=kind, course=course, object=address[:200] if kind is Kind.OTHER else f"{course}/{first}")


_KINDS: Final = {
    "": Kind.OUTLINE,
    "info": Kind.OUTLINE,
    "course": Kind.OUTLINE,
    "about": Kind.OUTLINE,
    "progress": Kind.PROGRESS,
    "discussion": Kind.FORUM_VIEW,
    "book": Kind.BOOK,
    "pdfbook": Kind.BOOK,
    "htmlbook": Kind.BOOK,
}


def _key(path: str) -> str:
    found = _KEY.search(path)
    return found[1].replace(";_", "/") if found else ""
