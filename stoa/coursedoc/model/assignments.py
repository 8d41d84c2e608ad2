"""Assignments: work that people read and score by a rubric."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stoa.coursedoc.model.items import Item
from stoa.coursedoc.model.texts import Text


class Need(StrEnum):
    """Whether something is asked for."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class ReviewFlow(StrEnum):
    """Who reads a piece of work, in the order of an assignment's `flow`."""

    TRAINING = "training"
    PEER = "peer"
    SELF = "self"
    STAFF = "staff"


class Outcome(StrEnum):
    """What the readers' judgement becomes."""

    POINTS = "points"
    FEEDBACK = "feedback"
    """Comments only: nothing is scored."""
    MEETS = "meets"
    """Meets what was asked, or needs changes and comes again."""


class Late(StrEnum):
    """What happens to work that comes after deadline and grace."""

    REFUSED = "refused"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of a criterion. `id` is the key; `label` is what people see."""

    id: str
    label: str
    points: float
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing that a reviewer looks at."""

    id: str
    label: str
    prompt: str = ""
    levels: tuple[Level, ...] = ()
    comment: Need = Need.OPTIONAL


@dataclass(frozen=True, kw_only=True)
class Example:
    """A piece of work with the levels that the instructor chose: learners calibrate on it."""

    answers: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    """Pairs of criterion id and level id."""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class FilePolicy:
    """Which files may be handed in."""

    need: Need = Need.NONE
    types: tuple[str, ...] = ()
    """Endings without a dot, or `image/*`."""
    several: bool = True
    at_most: int = 5
    """How many, where there may be several."""
    megabytes: float = 20.0
    """The most that one file may have."""


@dataclass(frozen=True, kw_only=True)
class Assignment(Item):
    """Work handed in by a date, reviewed by peers, oneself or staff."""

    prompts: tuple[Text, ...] = ()
    text_answer: Need = Need.REQUIRED
    files: FilePolicy = field(default_factory=FilePolicy)
    flow: tuple[ReviewFlow, ...] = (ReviewFlow.PEER,)
    reviews_to_give: int = 3
    reviews_to_get: int = 3
    criteria: tuple[Criterion, ...] = ()
    overall_prompt: str = ""
    overall_default: str = ""
    examples: tuple[Example, ...] = ()
    links: Need = Need.NONE
    code: Need = Need.NONE
    code_language: str = "python"
    outcome: Outcome = Outcome.POINTS
    opens: datetime | None = None
    grace_minutes: int = 0
    """Work that comes so much after the deadline still counts as on time."""
    late: Late = Late.REFUSED
    late_days: int = 7
    """How long late work is accepted, where it is."""
    late_penalty: int = 0
    """Points of 100 that each day begun costs late work."""
    reviews_open: datetime | None = None
    """None: work is read as soon as it is handed in."""
    reviews_due: datetime | None = None
    """None: some days after each learner's own hand-in."""
    promise_days: int = 7
    """A score comes within so many days of the hand-in."""
    teams: bool = False
    team_size: int = 4
    """The most members of a team."""
    points: float | None = None
    """None: the sum of the best levels."""
    solution: Text = field(default_factory=Text)
