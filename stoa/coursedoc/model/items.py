"""Items: the smallest things that a learner opens, watches, answers or hands in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stoa.coursedoc.model.texts import Kept, Link, Text


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every item has. `id` is stable and unique within the course."""

    id: str
    title: str = ""
    minutes: float | None = None
    hidden: bool = False
    """Only staff see it."""
    due: datetime | None = None
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading(Item):
    """A text to read."""

    text: Text = field(default_factory=Text)


@dataclass(frozen=True, kw_only=True)
class VideoSource:
    """One file of a MOOC video: an `https:` address or `asset:NAME`."""

    url: str
    media_type: str = ""
    label: str = ""
    """What tells it from the others: `720p`, `low data`, `audio only`."""
    size: int | None = None
    """In bytes."""


@dataclass(frozen=True, kw_only=True)
class Captions:
    """Captions or subtitles in one language, as an asset in srt, sjson or vtt."""

    language: str
    asset: str


@dataclass(frozen=True, kw_only=True)
class MoocVideo(Item):
    """A MOOC video with its sources, best first; YouTube only when the learner asks for it."""

    sources: tuple[VideoSource, ...] = ()
    youtube: str = ""
    captions: tuple[Captions, ...] = ()
    poster: str = ""
    start: float | None = None
    end: float | None = None
    duration: float | None = None
    """In seconds, as are start and end."""
    downloadable: bool = True
    handouts: tuple[Link, ...] = ()
    notes: Text = field(default_factory=Text)


class ExerciseKind(StrEnum):
    """What a learner does in an exercise."""

    CODE = "code"
    MARK_DONE = "mark done"
    UPLOAD = "upload"


@dataclass(frozen=True, kw_only=True)
class Exercise(Item):
    """Something to practise: code to write, a file to make, or a thing to tick when it is done."""

    kind: ExerciseKind = ExerciseKind.CODE
    text: Text = field(default_factory=Text)
    language: str = "python"
    starter: str = ""
    tests: str = ""
    solution: str = ""
    hints: tuple[Text, ...] = ()
    points: float | None = None


@dataclass(frozen=True, kw_only=True)
class Discussion(Item):
    """A talk about the step, in the peer forum."""

    topic: str = ""
    category: str = ""
    text: Text = field(default_factory=Text)


@dataclass(frozen=True, kw_only=True)
class OutsideResource(Item):
    """A resource on another site, with the credit and licence its makers ask for."""

    url: str
    text: Text = field(default_factory=Text)
    credit: str = ""
    licence: str = ""
    embed: bool = False
    """Shown in a frame where the site's policy allows it, else as a link."""


@dataclass(frozen=True, kw_only=True)
class Raw(Item):
    """An element that Stoa can't show yet, kept as it came."""

    format: str = "olx"
    tag: str = ""
    source: str = ""
    reason: str = ""
    """What the learner is told, in one sentence."""
    readable: Text = field(default_factory=Text)
    """What can be read of it all the same: its words, its solution."""


@dataclass(frozen=True, kw_only=True)
class Pool(Item):
    """Each learner gets `draw` of the items, by chance but always the same ones. None draws all."""

    draw: int | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One arm of an experiment."""

    id: str
    name: str = ""
    items: tuple[Item, ...] = ()


class When(StrEnum):
    """What a learner must have done with the quizzes that open something."""

    ATTEMPTED = "attempted"
    RIGHT = "right"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What keeps something closed until a learner has done something else."""

    items: tuple[str, ...]
    """Ids of quizzes, all of which count."""
    when: When = When.ATTEMPTED
    words: str = ""
    """What the author says to learners who stand before it."""


@dataclass(frozen=True, kw_only=True)
class Variants(Item):
    """The arms of an experiment, or something behind a gate. Learners see the first arm."""

    variants: tuple[Variant, ...] = ()
    rule: str = ""
    """The source's own rule of who sees what, kept as it came."""
    gate: Gate | None = None
