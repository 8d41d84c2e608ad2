"""Names in one form: of blocks and courses, whichever generation of edX wrote them."""

import re
from functools import lru_cache
from typing import Final

from stoa.insights.engine.kinds import VIDEO, Kind

_DASHED: Final = re.compile(r"i4x-([^-]+)-([^-]+)-(chapter|sequential|vertical|video|problem|html|[a-z_]+)-(.+)$")
_INPUT: Final = re.compile(r"^(?:input_)?(.+?)_\d+_\d+(?:_.*)?$")
# A custom course (ccx) is a class with a teacher of its own inside another course, and has a key of its own.
KEY: Final = r"(?:course-v1:[^+/\s]+\+[^+/\s]+\+[^+/\s?#]+|ccx-v1:[^+/\s]+\+[^+/\s]+\+[^+/\s]+\+ccx@\d+)"
_COURSE: Final = re.compile(rf"{KEY}|[^+/:\s]+/[^+/:\s]+/[^+/:\s]+")
NEW_KEYS: Final = ("course-v1:", "ccx-v1:")
BLOCKS: Final = ("block-v1:", "ccx-block-v1:", "i4x://")
LONGEST: Final = 500
"""Characters of an object's name that are kept."""


@lru_cache(maxsize=10_000)
def course_key(told: str) -> str:
    """The course as edX names it, empty where this names none; spaces that were plus signs are mended."""
    told = told.strip()
    if told.startswith(NEW_KEYS) and "%" not in told:
        told = told.replace(" ", "+")
    elif "%" in told:
        told = told.replace("%3A", ":").replace("%3a", ":").replace("%2B", "+").replace("%2b", "+").replace("%2F", "/")
    return told if len(told) < LONGEST and _COURSE.fullmatch(told) else ""


def block_key(course: str, kind: str, block: str) -> str:
    """The key of a block that is named by its last part only."""
    if block.startswith(BLOCKS):
        return block
    if course.startswith(NEW_KEYS):
        return (
            f"{course.replace('course-v1:', 'block-v1:').replace('ccx-v1:', 'ccx-block-v1:')}+type@{kind}+block@{block}"
        )
    parts = course.split("/")
    return f"i4x://{parts[0]}/{parts[1]}/{kind}/{block}" if len(parts) > 1 else block


@lru_cache(maxsize=200_000)
def object_key(told: str, course: str, kind: Kind) -> str:
    """The object of an event in one form, whether the event told a key, a dashed id or the last part."""
    told = told.replace(";_", "/")
    if told.startswith(BLOCKS) or not told:
        return told[:LONGEST]
    if found := _DASHED.match(told):
        org, number, kind_word, name = found.groups()
        return f"i4x://{org}/{number}/{kind_word}/{name}"[:LONGEST]
    if word := _WORDS.get(kind):
        return block_key(course, word, told)[:LONGEST]
    return told[:LONGEST]


def problem_of_input(told: str) -> str:
    """The problem that an input belongs to: `input_i4x-Org-Course-problem-abc_2_1` is one of `i4x-…-abc`."""
    found = _INPUT.match(told)
    return found[1] if found else ""


_WORDS: Final = {
    **{Kind(kind): "video" for kind in VIDEO},
    Kind.CHECK: "problem",
    Kind.CHECK_BROWSER: "problem",
    Kind.ANSWER_SHOWN: "problem",
    Kind.ANSWER_SHOWN_BROWSER: "problem",
    Kind.SAVED: "problem",
    Kind.RESET: "problem",
    Kind.HINT: "problem",
    Kind.GRADED_BROWSER: "problem",
    Kind.RESCORED: "problem",
    Kind.SEQUENCE_GOTO: "sequential",
    Kind.SEQUENCE_NEXT: "sequential",
    Kind.SEQUENCE_PREVIOUS: "sequential",
}
