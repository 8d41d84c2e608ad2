"""What a template shows of a quiz."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise

from stoa.assessment.rules.scoring import Verdict

BLOCK = re.compile(r"<(?:blockquote|details|div|dl|figure|h[2-6]|hr|ol|p|pre|table|ul)\b")
SAID_OF_A_PICTURE = re.compile(r'\salt="[^"]')


class QuizState(StrEnum):
    """What the learner can do now."""

    OPEN = "open"
    WAITING = "waiting"
    """The next attempt opens later."""
    NOT_STARTED = "not started"
    """Its time begins when the learner says so."""
    TIME_IS_UP = "time is up"
    CLOSED = "closed"
    LOOK_ONLY = "look only"
    """A visitor, or somebody of the course team."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultView:
    """How many gave an answer."""

    label: str
    count: int
    percent: int
    own: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceView:
    """A choice as this learner sees it."""

    id: str
    dom_id: str
    html: str
    plain: str
    chosen: bool
    right: bool
    """Only ever true once the solution may be seen."""

    @property
    def stands_apart(self) -> bool:
        """Whether it holds what no label may hold, such as a table: then it stands below its label."""
        return BLOCK.search(self.html) is not None

    @property
    def cannot_be_said(self) -> bool:
        """Whether it is a picture that nobody has put into words."""
        return not self.plain and SAID_OF_A_PICTURE.search(self.html) is None


@dataclass(frozen=True, kw_only=True, slots=True)
class PartView:
    """One question as this learner sees it."""

    id: str
    name: str
    dom_id: str
    number: int
    kind: str
    """one, many, dropdown, number, text or words."""
    inline: bool
    """Stands inside the author's own text."""
    stem: str
    label: str
    description: str
    unit: str
    """HTML, made at publish."""
    lines: int
    choices: tuple[ChoiceView, ...]
    values: tuple[str, ...]
    """What was typed: one value, or as many words as are wanted."""
    fault: Promise | str
    verdict: Verdict | None
    points: float
    earned: float
    feedback: tuple[str, ...]
    shows_solution: bool
    solution: str
    right_answers: tuple[str, ...]
    results: tuple[ResultView, ...]
    voters: int

    @property
    def value(self) -> str:
        """The one text that was typed."""
        return self.values[0] if self.values else ""

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader reads with the field."""
        ids = (
            (f"{self.dom_id}-description", self.description),
            (f"{self.dom_id}-fault", self.fault),
            (f"{self.dom_id}-feedback", self.verdict and not self.inline),
        )
        return " ".join(name for name, there in ids if there)


@dataclass(frozen=True, kw_only=True, slots=True)
class PieceView:
    """A piece of the author's layout, or a question inside it."""

    html: str
    part: PartView | None


class HandInView(NamedTuple):
    """What the row of buttons below a quiz depends on."""

    address: str
    state: QuizState
    scored: bool
    several: bool
    right: bool
    attempts: int
    attempts_left: int | None
    shows_result: bool


class Outcome(NamedTuple):
    """What is said of the latest attempt as a whole."""

    address: str
    scored: bool
    tells_right: bool
    earned: float
    points: float
    best: float | None
    attempts: int
    rescored_for: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QuizView:
    """A quiz as this learner sees it."""

    item_id: str
    dom_id: str
    title: str
    address: str
    """Where the forms post to: answers/, attempts/, hints/ and sitting/ below it."""
    step_address: str
    backup: str
    """Names the copy that the browser keeps of what was not saved yet."""
    intro: str
    outro: str
    pieces: tuple[PieceView, ...]
    parts: tuple[PartView, ...]
    state: QuizState
    scored: bool
    points: float
    attempts: int
    attempts_allowed: int | None
    minutes: float | None
    ends_at: datetime | None
    next_at: datetime | None
    saved_at: datetime | None
    """Of the draft, None where there is none."""
    asks_about_blanks: bool
    shows_result: bool
    """The answers shown are those of the latest attempt."""
    tells_right: bool
    """The author lets learners know what was right."""
    earned: float
    best: float | None
    """Points that count so far."""
    right: bool
    rescored_for: str
    hints: tuple[str, ...]
    hints_left: int
    shows_solution: bool
    solution: str
    problem: Promise | str

    @property
    def whole_points(self) -> int:
        """The points as plural forms count them."""
        return 1 if self.points == 1 else max(2, round(self.points))

    @property
    def next_number(self) -> int:
        """The number that the next attempt will have."""
        return self.attempts + 1

    @property
    def attempts_left(self) -> int | None:
        """Attempts left; None where there is no limit."""
        return None if self.attempts_allowed is None else max(0, self.attempts_allowed - self.attempts)

    @property
    def current_number(self) -> int:
        """The attempt that the learner is at: the one shown with its result, or the one being made."""
        return self.attempts if self.attempts and (self.shows_result or self.attempts_left == 0) else self.next_number

    @property
    def can_answer(self) -> bool:
        """Whether fields are open and a hand-in is possible."""
        return self.state is QuizState.OPEN

    @property
    def hand_in(self) -> HandInView:
        """The row of buttons below it."""
        return HandInView(
            address=self.address,
            state=self.state,
            scored=self.scored,
            several=len(self.parts) > 1,
            right=self.right,
            attempts=self.attempts,
            attempts_left=self.attempts_left,
            shows_result=self.shows_result,
        )

    @property
    def result(self) -> Outcome:
        """The latest attempt as a whole."""
        return Outcome(
            address=self.address,
            scored=self.scored,
            tells_right=self.tells_right,
            earned=self.earned,
            points=self.points,
            best=self.best,
            attempts=self.attempts,
            rescored_for=self.rescored_for,
        )

    @property
    def has_faults(self) -> bool:
        """Whether something must be mended before it counts."""
        return any(part.fault for part in self.parts)
