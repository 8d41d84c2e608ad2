"""What a whole quiz earns, part by part, and what to say about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from stoa.assessment.rules import choosing
from stoa.assessment.rules.answers import Answers, is_empty, near_answers
from stoa.assessment.rules.wording import Matcher, matched
from stoa.coursedoc.model import ChoicePart, NumberPart, Part, Quiz, Text, TextPart


class Verdict(StrEnum):
    """What an answer is."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    GIVEN = "given"
    """An answer that nobody judges: one's own words, a vote."""
    EMPTY = "empty"


@dataclass(frozen=True, kw_only=True)
class PartResult:
    """What one part earned, and the feedback as safe HTML."""

    part: str
    verdict: Verdict
    earned: float
    points: float
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuizResult:
    """What an attempt earned: `earned` of `out_of`, by the quiz's weight."""

    parts: tuple[PartResult, ...]
    earned: float
    out_of: float

    @property
    def right(self) -> bool:
        """Everything that can be right is right."""
        return all(part.verdict in {Verdict.RIGHT, Verdict.GIVEN} for part in self.parts)

    @property
    def share(self) -> float:
        """What was earned of what could be, 0 to 1; a quiz without points is worth all of it once answered."""
        return min(1.0, self.earned / self.out_of) if self.out_of else float(self.right)


def score(quiz: Quiz, given: Answers, *, matches: Matcher) -> QuizResult:
    """Score all the parts of a quiz whose texts are safe HTML already."""
    parts = tuple(score_part(part, given.get(part.id, ()), scored=quiz.scored, matches=matches) for part in quiz.parts)
    out_of = most(quiz)
    return QuizResult(parts=parts, earned=_weighed(parts, out_of), out_of=out_of)


def most(quiz: Quiz) -> float:
    """The most that a quiz can earn."""
    points = sum(part.points for part in quiz.parts)
    if not quiz.scored or points <= 0:
        return 0.0
    return points if quiz.weight is None else max(0.0, quiz.weight)


def score_part(part: Part, values: tuple[str, ...], *, scored: bool, matches: Matcher) -> PartResult:
    """Score one part: an empty one earns what choosing nothing earns, and nothing else."""
    if not scored:
        return _unscored(part, values)
    match part:
        case ChoicePart():
            chosen = frozenset(values)
            return _judged(part, values, choosing.credit(part, chosen), choosing.feedback(part, chosen))
        case NumberPart():
            return _number(part, values)
        case TextPart():
            return _text(part, values, matches)
        case _:
            return _own_words(part, values)


def _unscored(part: Part, values: tuple[str, ...]) -> PartResult:
    said = choosing.feedback(part, frozenset(values)) if isinstance(part, ChoicePart) else ()
    verdict = Verdict.EMPTY if is_empty(values) else Verdict.GIVEN
    return PartResult(part=part.id, verdict=verdict, earned=0.0, points=0.0, feedback=_words(said))


def _number(part: NumberPart, values: tuple[str, ...]) -> PartResult:
    near = [part.answers[place] for place in near_answers(part, values[0] if values else "")]
    best = max(near, key=lambda answer: answer.credit, default=None)
    if best is None:
        return _judged(part, values, 0.0, ())
    return _judged(part, values, best.credit, (best.feedback,))


def _text(part: TextPart, values: tuple[str, ...], matches: Matcher) -> PartResult:
    best = matched(part, values[0] if values else "", matches)
    if best is None:
        return _judged(part, values, 0.0, ())
    return _judged(part, values, best.credit if best.correct else 0.0, (best.feedback,))


def _own_words(part: Part, values: tuple[str, ...]) -> PartResult:
    if is_empty(values):
        return PartResult(part=part.id, verdict=Verdict.EMPTY, earned=0.0, points=part.points)
    return PartResult(part=part.id, verdict=Verdict.GIVEN, earned=part.points, points=part.points)


def _judged(part: Part, values: tuple[str, ...], credit: float, feedback: Iterable[Text]) -> PartResult:
    credit = min(max(credit, 0.0), 1.0)
    return PartResult(
        part=part.id,
        verdict=_verdict(values, credit),
        earned=_points(part, credit),
        points=part.points,
        feedback=_words(feedback),
    )


def _verdict(values: tuple[str, ...], credit: float) -> Verdict:
    if credit >= 1:
        return Verdict.RIGHT
    if credit > 0:
        return Verdict.PARTLY
    return Verdict.EMPTY if is_empty(values) else Verdict.WRONG


def _points(part: Part, credit: float) -> float:
    earned = part.points * credit
    # edX rounds what several decisions earn to hundredths.
    return round(earned, 2) if credit < 1 and isinstance(part, ChoicePart) else earned


def _words(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(text.source for text in texts if text)


def _weighed(parts: tuple[PartResult, ...], out_of: float) -> float:
    points = sum(part.points for part in parts)
    return out_of * (sum(part.earned for part in parts) / points) if points else 0.0
