"""What a browser may tell of a MOOC video: a small batch of events, checked and cut to size."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

LONGEST_BATCH, MOST_EVENTS, LONGEST_WORD = 16_384, 50, 200

LONGEST_VIDEO = 864_000
"""Ten days, in seconds."""

# Event name to the numbers and words that edX gives it; everything else a browser says is dropped.
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "load_video": ("duration",),
    "play_video": ("currentTime", "duration"),
    "pause_video": ("currentTime", "duration"),
    "stop_video": ("currentTime", "duration"),
    "seek_video": ("old_time", "new_time", "duration"),
    "speed_change_video": ("current_time", "duration"),
    "show_transcript": ("current_time", "duration"),
    "hide_transcript": ("current_time", "duration"),
    "video_failed": ("currentTime", "duration"),
    "source_failed": (),
    "video_position": ("currentTime", "duration"),
    "page_close": (),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "seek_video": ("type",),
    "speed_change_video": ("old_speed", "new_speed"),
    "show_transcript": ("language",),
    "video_failed": ("source", "reason"),
    "source_failed": ("source",),
}
FAILED, SOURCE_FAILED = "video_failed", "source_failed"
FAILURES: Mapping[str, str] = {FAILED: "stoa.media.failed", SOURCE_FAILED: "stoa.media.source_failed"}
"""The MOOC video did not play at all; one of its sources did not, and the next was tried. What the log calls them."""
STOPS = frozenset({"pause_video", "video_position", "play_video"})
"""Events that say where the learner is in the video."""


class BatchRefused(Exception):
    """This is not a batch of events."""


@dataclass(frozen=True, kw_only=True)
class Beacon:
    """One event of a browser."""

    name: str
    item_id: str
    event: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def position(self) -> float | None:
        """Where the learner is in the video, where the event says so."""
        if self.name == "stop_video":
            return 0.0  # Seen to the end: the next time it begins anew.
        if self.name == "seek_video":
            return _position(self.event.get("new_time"))
        return _position(self.event.get("currentTime")) if self.name in STOPS else None

    @property
    def event_type(self) -> str:
        """What the log calls it: edX's own name where edX has one."""
        return FAILURES.get(self.name, self.name)

    @property
    def payload(self) -> Mapping[str, str | float]:
        """What the log keeps: of media that did not load whose server it was and why, never the whole address."""
        if self.name not in FAILURES:
            return self.event
        code = "source" if self.name == SOURCE_FAILED else str(self.event.get("reason", ""))[:40]
        return {"source": _server(str(self.event.get("source", ""))), "code": code}

    @property
    def logged(self) -> bool:
        """False for what only keeps the place."""
        return self.name != "video_position"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Events of one page, oldest first."""

    course: str
    run: str
    step: str
    beacons: tuple[Beacon, ...]

    def without_failures(self) -> "Batch":
        """The same without what says that media did not load: from a browser that says so too often."""
        return replace(self, beacons=tuple(beacon for beacon in self.beacons if beacon.name not in FAILURES))

    @property
    def tells_failures(self) -> bool:
        """Whether media did not load."""
        return any(beacon.name in FAILURES for beacon in self.beacons)

    @property
    def positions(self) -> dict[str, float]:
        """The last place in each video."""
        return {b.item_id: b.position for b in self.beacons if b.item_id and b.position is not None}


def read(body: bytes) -> Batch:
    """The batch in a request's body.

    Raises BatchRefused.
    """
    if len(body) > LONGEST_BATCH:
        raise BatchRefused
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as odd:
        raise BatchRefused from odd
    if not isinstance(given, dict) or not isinstance(given.get("events"), list):
        raise BatchRefused
    events = given["events"][:MOST_EVENTS]
    beacons = tuple(_beacon(event) for event in events if isinstance(event, dict) and event.get("name") in NUMBERS)
    return Batch(course=_word(given, "course"), run=_word(given, "run"), step=_word(given, "step"), beacons=beacons)


def _beacon(event: Mapping[str, object]) -> Beacon:
    name = str(event["name"])
    numbers = {key: number for key in NUMBERS[name] if (number := _number(event.get(key))) is not None}
    words = {key: word for key in WORDS.get(name, ()) if (word := _word(event, key))}
    return Beacon(name=name, item_id=_word(event, "item"), event={**numbers, **words})


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(float(value), 3) if 0 <= value <= LONGEST_VIDEO else None


def _position(value: str | float | None) -> float | None:
    return value if isinstance(value, float) else None


def _server(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "")[:LONGEST_WORD]
    except ValueError:
        return ""


def _word(given: Mapping[str, object], key: str) -> str:
    value = given.get(key)
    return value[:LONGEST_WORD] if isinstance(value, str) else ""
