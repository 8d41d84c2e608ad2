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


@dataclass(frozen=True, kw_only=True)
class FilePolicy:
    """Which files may be handed in."""

    need: Need = Need.NONE
    types: tuple[str, ...] = ()
    """Endings without a dot, or `image/*`."""
    several: bool = True


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
    opens: datetime | None = None
    teams: bool = False
    points: float | None = None
    """None: the sum of the best levels."""
    solution: Text = field(default_factory=Text)
