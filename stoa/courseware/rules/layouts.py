"""How a published step is laid out: what publishing hands to this room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict


@dataclass(frozen=True, kw_only=True)
class PartLayout:
    """One item of a step, rendered. A quiz has no html: assessment shows it by its item id."""

    item_id: str
    kind: str
    """reading, mooc_video, quiz, exercise, assignment, discussion, outside_resource or raw."""
    title: str = ""
    html: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    """Values of the kind, fit for JSON: VideoData for a MOOC video, ResourceData for an outside resource."""


@dataclass(frozen=True, kw_only=True)
class StepLayout:
    """A step as every learner will see it."""

    step_id: str
    lesson_id: str
    module_id: str
    position: int
    title: str
    kind: str
    minutes: float = 0
    sample: bool = False
    hidden: bool = False
    parts: Sequence[PartLayout] = ()
    lesson_title: str = ""
    module_title: str = ""
    opens: datetime | None = None
    """When its lesson or module opens, in runs with fixed dates."""
    due: datetime | None = None


class GateLink(TypedDict):
    """A quiz that opens something, and where it is."""

    title: str
    address: str


class GateData(TypedDict):
    """What keeps a part closed until the learner has answered these quizzes, or answered them right."""

    items: list[str]
    right: bool
    words: str
    """Of the author, to learners before whom it is closed."""
    links: list[GateLink]


class SourceData(TypedDict, total=False):
    """A file of a MOOC video: `label` is `audio only`, `low data` or a size such as `720p`."""

    url: str
    media_type: str
    label: str
    size: int | None


class CueData(TypedDict):
    """A caption: from and to in seconds, and its words."""

    start: float
    end: float
    text: str


class CaptionsData(TypedDict):
    """Captions in one language: `url` is a WebVTT file, `cues` the same for the transcript."""

    language: str
    url: str
    cues: list[CueData]


class HandoutData(TypedDict):
    """A file or page that goes with a MOOC video."""

    url: str
    title: str


class VideoData(TypedDict, total=False):
    """What the player needs; every address is final."""

    sources: list[SourceData]
    youtube: str
    captions: list[CaptionsData]
    poster: str
    start: float | None
    end: float | None
    duration: float | None
    downloadable: bool
    handouts: list[HandoutData]


class ResourceData(TypedDict, total=False):
    """An outside resource: where it is, whom to thank, what its licence allows."""

    url: str
    credit: str
    licence: str
    embed: bool
