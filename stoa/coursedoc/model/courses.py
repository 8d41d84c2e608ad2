"""A course: its facts, its modules, lessons and steps, its pages and files."""

from dataclasses import dataclass, field
from datetime import datetime

from stoa.coursedoc.model.items import Item
from stoa.coursedoc.model.texts import Kept, Text


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page of a lesson."""

    id: str
    title: str
    items: tuple[Item, ...] = ()
    minutes: float | None = None
    hidden: bool = False
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Steps that belong together. `part` names the part of the score scheme that its scores count for."""

    id: str
    title: str
    steps: tuple[Step, ...] = ()
    start: datetime | None = None
    due: datetime | None = None
    part: str = ""
    sample: bool = False
    """Open to visitors without an account."""
    hidden: bool = False
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Module:
    """A week or chapter of lessons."""

    id: str
    title: str
    summary: str = ""
    lessons: tuple[Lesson, ...] = ()
    start: datetime | None = None
    hidden: bool = False
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Instructor:
    """Who gives the course."""

    name: str
    role: str = ""
    about: Text = field(default_factory=Text)
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Partner:
    """Who else stands behind the course, and what they do."""

    name: str
    role: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ScorePart:
    """A part of the score: `weight` is its share, 0 to 1; the `drop` worst of its lessons don't count."""

    name: str
    weight: float
    short: str = ""
    count: int | None = None
    drop: int = 0


@dataclass(frozen=True, kw_only=True)
class ScoreScheme:
    """How scores add up. `passing` is the share, 0 to 1, that earns the credential."""

    parts: tuple[ScorePart, ...] = ()
    passing: float = 0.6
    levels: tuple[tuple[str, float], ...] = ()
    """Named cut-offs of the source, best first."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page beside the lessons: handouts, a glossary, a static tab."""

    id: str
    title: str
    text: Text = field(default_factory=Text)
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """News of the course that came with its source."""

    id: str
    text: Text
    date: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file of the course: its name in the course, what is in it, its size in bytes."""

    name: str
    sha256: str
    size: int
    media_type: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An unpublished step, or the unpublished next state of one. Learners never see it."""

    lesson_id: str
    index: int
    step: Step
    replaces: str = ""
    """Id of the published step; empty where it was never published."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """The whole course. `id` is its slug, unique within the organisation."""

    id: str
    title: str
    organisation: str = ""
    run: str = ""
    """The run that the source was exported from, or the first one to open."""
    language: str = "en"
    summary: str = ""
    about: Text = field(default_factory=Text)
    outcomes: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    """Slugs of the catalogue's subjects, the main one first."""
    skills: tuple[str, ...] = ()
    level: str = ""
    """`beginner`, `intermediate`, `advanced`, or empty where nobody said."""
    weeks: int | None = None
    hours_a_week: float | None = None
    self_paced: bool = True
    start: datetime | None = None
    end: datetime | None = None
    enrolment_start: datetime | None = None
    enrolment_end: datetime | None = None
    licence: str = ""
    image: str = ""
    instructors: tuple[Instructor, ...] = ()
    partners: tuple[Partner, ...] = ()
    scheme: ScoreScheme = field(default_factory=ScoreScheme)
    modules: tuple[Module, ...] = ()
    pages: tuple[Page, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    drafts: tuple[Draft, ...] = ()
    assets: tuple[Asset, ...] = ()
    kept: tuple[Kept, ...] = ()
