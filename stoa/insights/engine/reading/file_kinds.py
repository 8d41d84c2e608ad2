"""What kind of file this is, by what it holds and how it is called."""

import json
from enum import IntEnum
from typing import Final

from stoa.insights.engine.reading.person_course import NEEDED
from stoa.insights.engine.reading.rows import columns_of, is_dump, is_forum
from stoa.insights.engine.reading.sources import ARCHIVES, Source, head
from stoa.insights.engine.reading.tables import SPEAKERS

_EVENT_KEYS: Final = frozenset({"event_type", "event_source", "context", "time"})


class FileKind(IntEnum):
    """Kinds of files, in the order in which they are read: accounts first, for they give learners their names."""

    ACCOUNTS = 0
    TABLE = 1
    STRUCTURE = 2
    LOG = 3
    UNKNOWN = 4


def kind_of(source: Source) -> FileKind:
    """What this file is."""
    if source.path.is_dir() or (source.path.name.endswith(ARCHIVES) and not source.member):
        return FileKind.STRUCTURE
    text = head(source).decode("utf-8-sig", "replace")
    if is_dump(text):
        return FileKind.ACCOUNTS if "`auth_user`" in text else FileKind.TABLE
    if is_forum(text):
        return FileKind.TABLE
    if (table := _table(text)) is not None:
        return table
    return _json(source, text)


def _table(text: str) -> FileKind | None:
    columns = dict.fromkeys(columns_of(text))
    needed = next((needed for needed, _ in SPEAKERS if needed <= columns.keys()), None)
    if needed:
        return FileKind.ACCOUNTS if "username" in needed else FileKind.TABLE
    return FileKind.TABLE if any(needed <= columns.keys() for needed in NEEDED) else None


def _json(source: Source, text: str) -> FileKind:
    lines = [line.strip("\0 \r\t") for line in text.split("\n")]
    first = next((line for line in lines if line.startswith("{")), "")
    if ".json" in source.name and not _is_event(first) and text.lstrip()[:1] in {"{", "["}:
        return FileKind.STRUCTURE
    named = ".log" in source.name or source.name.endswith((".json", ".jsonl"))
    return FileKind.LOG if named or _is_event(first) else FileKind.UNKNOWN


def _is_event(line: str) -> bool:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return '"event_type"' in line
    return isinstance(found, dict) and bool(_EVENT_KEYS & found.keys())
