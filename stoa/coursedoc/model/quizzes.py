"""Quizzes: one item with one or more parts, answered and scored together."""

from dataclasses import dataclass, field
from enum import StrEnum

from stoa.coursedoc.model.items import Item
from stoa.coursedoc.model.texts import Text


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What a learner reads who chose exactly these answers."""

    choices: tuple[str, ...]
    """Ids of choices."""
    text: Text


@dataclass(frozen=True, kw_only=True)
class Part:
    """One question of a quiz."""

    id: str
    stem: Text = field(default_factory=Text)
    """What stands before the answer."""
    label: Text = field(default_factory=Text)
    """The question itself, as a screen reader says it."""
    description: Text = field(default_factory=Text)
    points: float = 1.0
    solution: Text = field(default_factory=Text)


class ChoiceKind(StrEnum):
    """How choices are offered."""

    ONE = "one"
    MANY = "many"
    DROPDOWN = "dropdown"


class PartialCredit(StrEnum):
    """What an answer earns that is not quite right."""

    NONE = "none"
    EACH = "each"
    """`many`: every right decision earns its share, rounded to hundredths (edX: EDC)."""
    HALVES = "halves"
    """`many`: one error 1/2 (3 choices or more), two errors 1/4 (5 choices or more)."""
    POINTS = "points"
    """`one`: each choice earns its own `credit`."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the answers offered."""

    id: str
    text: Text
    correct: bool = False
    credit: float = 0.0
    """Share of the points, 0 to 1, where partial credit goes by points."""
    fixed: bool = False
    """Keeps its place when the others are shuffled."""
    feedback: Text = field(default_factory=Text)
    unchosen_feedback: Text = field(default_factory=Text)


@dataclass(frozen=True, kw_only=True)
class ChoicePart(Part):
    """Choose one, choose all that apply, or choose from a list."""

    kind: ChoiceKind = ChoiceKind.ONE
    choices: tuple[Choice, ...] = ()
    shuffle: bool = False
    partial_credit: PartialCredit = PartialCredit.NONE
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NumberAnswer:
    """A right number: a value with a tolerance, or a range.

    `value`, `low`, `high` are arithmetic as the author wrote it ("22/7", "3.5e8", "sqrt(2)"); `tolerance` is "0.01" or
    "5%" (of the value); empty means the field's default, one hundred-thousandth of the value.
    """

    value: str = ""
    tolerance: str = ""
    low: str = ""
    high: str = ""
    low_inclusive: bool = True
    high_inclusive: bool = True
    credit: float = 1.0
    feedback: Text = field(default_factory=Text)


@dataclass(frozen=True, kw_only=True)
class NumberPart(Part):
    """Answer with a number."""

    answers: tuple[NumberAnswer, ...] = ()
    unit: str = ""
    """Shown behind the field."""


@dataclass(frozen=True, kw_only=True)
class TextAnswer:
    """A right answer in words, or a pattern of them."""

    text: str
    credit: float = 1.0
    correct: bool = True
    """False for a foreseen wrong answer, which earns nothing but has a feedback."""
    feedback: Text = field(default_factory=Text)


@dataclass(frozen=True, kw_only=True)
class TextPart(Part):
    """Answer with a word or a short phrase."""

    answers: tuple[TextAnswer, ...] = ()
    case_sensitive: bool = False
    pattern: bool = False
    """The answers are regular expressions."""


@dataclass(frozen=True, kw_only=True)
class FreeTextPart(Part):
    """Answer in one's own words; nothing is right or wrong."""

    lines: int = 4
    words_wanted: int | None = None
    """For a word cloud: so many single words."""


class ShowAnswer(StrEnum):
    """When a learner may see the solutions."""

    ALWAYS = "always"
    NEVER = "never"
    ANSWERED = "answered"
    ATTEMPTED = "attempted"
    AFTER_ATTEMPTS = "after attempts"
    FINISHED = "finished"
    """Right, or no attempts left, or past the date."""
    CORRECT_OR_PAST_DUE = "correct or past due"
    PAST_DUE = "past due"
    CLOSED = "closed"
    AFTER_ALL_ATTEMPTS = "after all attempts"


@dataclass(frozen=True, kw_only=True)
class Quiz(Item):
    """Questions with answers that Stoa scores.

    Score = points earned over all parts / points of all parts x weight. A quiz that is not `scored` is a poll or
    survey: it has no right answer, and shows how others answered where `show_results`.
    """

    intro: Text = field(default_factory=Text)
    layout: Text = field(default_factory=Text)
    """Where the parts stand inside a text or table: `{{part ID}}` is the place of each. Empty: one below the other."""
    outro: Text = field(default_factory=Text)
    parts: tuple[Part, ...] = ()
    attempts: int | None = None
    """None: as many as one likes."""
    weight: float | None = None
    """None: as many as the parts have points."""
    scored: bool = True
    show_results: bool = False
    show_correctness: bool = True
    hints: tuple[Text, ...] = ()
    solution: Text = field(default_factory=Text)
    show_answer: ShowAnswer = ShowAnswer.FINISHED
    show_answer_after: int = 0
    """Attempts to make before, where solutions show after attempts."""
    wait_seconds: int = 0
    """Between two attempts."""
    minutes_allowed: float | None = None
