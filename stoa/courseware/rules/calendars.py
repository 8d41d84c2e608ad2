"""A learner's dates as an iCalendar feed.

Source: RFC 5545 (iCalendar), sections 3.1 (lines of at most 75 octets), 3.3.11 (text) and 3.6.1 (events).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LINE = 75
LENGTH = timedelta(minutes=30)
"""A due date is shown as the half hour before it."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One date of a learner."""

    uid: str
    title: str
    due: datetime
    url: str
    words: str


def calendar(name: str, entries: Iterable[Entry], *, made_at: datetime) -> str:
    """The whole feed, its lines ended as the standard wants."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stoa//Dates of a course//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{text(name)}", f"X-WR-CALNAME:{text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for entry in entries:
        lines += _event(entry, made_at)
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def text(words: str) -> str:
    """Words as a value: what has a meaning in the format is escaped, other control signs are left out."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign == "\n" or sign.isprintable())
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets, cut between signs; each further piece begins with a space."""
    return "\r\n ".join(_pieces(line))


def _pieces(line: str) -> Iterator[str]:
    piece, octets = "", 0
    for sign in line:
        wide = len(sign.encode())
        if octets + wide > LINE:
            yield piece
            piece, octets = "", 1
        piece, octets = piece + sign, octets + wide
    yield piece


def _event(entry: Entry, made_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{text(entry.uid)}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(entry.due - LENGTH)}",
        f"DTEND:{_utc(entry.due)}",
        f"SUMMARY:{text(entry.title)}",
        f"DESCRIPTION:{text(entry.words)}",
        f"URL:{entry.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
