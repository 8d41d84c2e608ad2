"""Notes as a Markdown file, and back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_HEAD = re.compile(r"^## (?P<title>.*)$")
_FACTS = re.compile(r"^<!-- step: (?P<step>\S+) · (?P<time>\S+) · (?P<at>\S+) -->$")
_NO_TIME = "-"


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """A note, where it was made and when."""

    step_id: str
    step_title: str
    seconds: int | None
    at: datetime
    text: str


def clock(seconds: float) -> str:
    """Seconds as a player shows them: 2:14, 1:02:14."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def seconds_of(shown: str) -> int:
    """What `clock` showed, in seconds.

    Raises ValueError for anything that is not a time.
    """
    if not re.fullmatch(r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}", shown.strip()):
        raise ValueError(shown)
    total = 0
    for number in shown.strip().split(":"):
        total = total * 60 + int(number)
    return total


def written(title: str, notes: Iterable[NoteLine]) -> str:
    """All notes as Markdown that people and programs can read."""
    return "\n".join([f"# {_one_line(title)}", "", *(_written(note) for note in notes)])


def read(markdown: str) -> tuple[NoteLine, ...]:
    """The notes of a file that `written` made."""
    notes: list[NoteLine] = []
    lines = markdown.split("\n")
    starts = [n for n in range(len(lines) - 1) if _HEAD.match(lines[n]) and _FACTS.match(lines[n + 1])]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        notes.append(_read(lines[start], lines[start + 1], lines[start + 3 : end - 1]))
    return tuple(notes)


def _written(note: NoteLine) -> str:
    time = _NO_TIME if note.seconds is None else clock(note.seconds)
    facts = f"<!-- step: {note.step_id} · {time} · {note.at.isoformat()} -->"
    body = "\n".join("\\" + line if _FACTS.match(line.lstrip("\\")) else line for line in note.text.split("\n"))
    return f"## {_one_line(note.step_title)}{_suffix(time)}\n{facts}\n\n{body}\n"


def _read(head: str, facts: str, body: list[str]) -> NoteLine:
    named, found = _HEAD.match(head), _FACTS.match(facts)
    if named is None or found is None:
        raise ValueError(head)
    lines = [line[1:] if line.startswith("\\") and _FACTS.match(line.lstrip("\\")) else line for line in body]
    time = found["time"]
    return NoteLine(
        step_id=found["step"],
        step_title=named["title"].removesuffix(_suffix(time)),
        seconds=None if time == _NO_TIME else seconds_of(time),
        at=datetime.fromisoformat(found["at"]),
        text="\n".join(lines),
    )


def _suffix(time: str) -> str:
    return "" if time == _NO_TIME else f" at {time}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
