"""What a course is made of, wherever it is told: by a run's own event, by edX's files, by an OLX export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from stoa.insights.engine.reading.statements import Statements, text_of
from stoa.insights.engine.warehouse.dictionaries import NOBODY, Names

_LARGEST: Final = 2**31 - 1
_MILLISECONDS: Final = 11
"""Longer numbers are milliseconds, as MongoDB writes them."""

COURSE_FIELDS: Final = frozenset(
    {
        "org",
        "org_name",
        "number",
        "run",
        "title",
        "area",
        "start",
        "end",
        "language",
        "weeks",
        "hours_a_week",
        "pass_mark",
        "self_paced",
        "previous_run",
    }
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a course; keys of other blocks are empty where there are none."""

    key: str
    kind: str
    parent: str = ""
    chapter: str = ""
    title: str = ""
    minutes: float | None = None
    duration_ms: int | None = None
    released: int | None = None
    scored: bool = False


@dataclass(frozen=True, kw_only=True)
class Structure:
    """A course, and its blocks in the order of reading."""

    course: str
    fields: Mapping[str, str] = field(default_factory=dict)
    blocks: Sequence[Block] = ()


def told(course: str, payload: Mapping[str, object]) -> Structure:
    """The structure that a run's own event tells."""
    fields = {
        name: text_of(payload[name])
        for name in sorted(COURSE_FIELDS & payload.keys())
        if payload[name] not in (None, "") and not isinstance(payload[name], dict | list)
    }
    blocks = payload.get("blocks")
    given = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    return Structure(course=course, fields=fields, blocks=[_block(block) for block in given if block.get("id")])


def say(structure: Structure, into: Statements, course: int, objects: Names, *, t: int, seq: int) -> None:
    """Say all of it about the course with this number."""
    for name, value in structure.fields.items():
        into.add("courses", course=course, field=name, value=value, t=t, seq=seq)
    for position, block in enumerate(structure.blocks):
        into.add(
            "blocks",
            course=course,
            object=objects.number(block.key),
            kind=block.kind,
            parent=objects.number(block.parent) if block.parent else NOBODY,
            chapter=objects.number(block.chapter) if block.chapter else NOBODY,
            position=position,
            title=block.title,
            minutes=block.minutes,
            duration_ms=block.duration_ms,
            released=block.released,
            scored=block.scored,
            t=t,
            seq=seq,
        )


def moment(words: object) -> int | None:
    """A time of ISO 8601 as microseconds since 1970, None where this is none."""
    if not isinstance(words, str):
        return None
    if words.isdigit() and len(words) > _MILLISECONDS:
        return int(words) * 1000
    try:
        at = datetime.fromisoformat(words.strip().strip('"'))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _block(given: Mapping[str, object]) -> Block:
    minutes, length = given.get("minutes"), given.get("duration_ms")
    return Block(
        key=text_of(given["id"]),
        kind=text_of(given.get("kind") or ""),
        parent=text_of(given.get("parent") or ""),
        chapter=text_of(given.get("chapter") or ""),
        title=text_of(given.get("title") or ""),
        minutes=float(minutes) if isinstance(minutes, int | float) else None,
        duration_ms=min(round(length), _LARGEST) if isinstance(length, int | float) else None,
        released=moment(given.get("released")),
        scored=bool(given.get("scored")),
    )
