"""What a learner gave: one or more values for each part of a quiz."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from stoa.assessment.rules.arithmetic import LONGEST as LONGEST_NUMBER
from stoa.assessment.rules.arithmetic import evaluate
from stoa.assessment.rules.closeness import is_near
from stoa.assessment.rules.digits import NotANumber
from stoa.assessment.rules.faults import Fault
from stoa.coursedoc.model import ChoicePart, FreeTextPart, NumberPart, Part, Quiz, TextPart
from stoa.coursedoc.model.quizzes import ChoiceKind

Answers: TypeAlias = Mapping[str, tuple[str, ...]]
"""Part id to the ids of chosen choices, or to the one text that was typed."""

LONGEST_TEXT: Final = 1_000
LONGEST_FREE_TEXT: Final = 50_000


def kept(quiz: Quiz, given: Answers) -> Answers:
    """The answers to this quiz's parts that hold something; what belongs to no part is left out."""
    parts = {part.id for part in quiz.parts}
    held = {part: tuple(one for one in values if one.strip()) for part, values in given.items() if part in parts}
    return {part: values for part, values in held.items() if values}


def unsavable(quiz: Quiz, given: Answers) -> Mapping[str, Fault]:
    """What can't be kept even as a draft: choices that aren't offered, texts beyond every bound."""
    found = ((part.id, _misfit(part, given.get(part.id, ()))) for part in quiz.parts)
    return {part: fault for part, fault in found if fault}


def unscorable(quiz: Quiz, given: Answers) -> Mapping[str, Fault]:
    """What can't be scored as it stands, empty parts included. Asking again costs no attempt."""
    return {part.id: fault for part in quiz.parts for fault in _faults(part, given.get(part.id, ()))}


def is_empty(values: tuple[str, ...]) -> bool:
    """Whether nothing was chosen or typed."""
    return not any(value.strip() for value in values)


def _faults(part: Part, values: tuple[str, ...]) -> Iterator[Fault]:
    if fault := _misfit(part, values):
        yield fault
    elif is_empty(values):
        yield Fault.EMPTY
    elif isinstance(part, NumberPart) and (unreadable := _unreadable(part, values[0])):
        yield unreadable


def _misfit(part: Part, values: tuple[str, ...]) -> Fault | None:
    match part:
        case ChoicePart():
            offered = {choice.id for choice in part.choices}
            if set(values) - offered:
                return Fault.UNKNOWN_CHOICE
            return Fault.ONE_ONLY if part.kind is not ChoiceKind.MANY and len(values) > 1 else None
        case _ if len(values) > _values_allowed(part):
            return Fault.ONE_ONLY
        case _:
            return Fault.TOO_LONG if any(len(value) > _longest(part) for value in values) else None


def _values_allowed(part: Part) -> int:
    return part.words_wanted or 1 if isinstance(part, FreeTextPart) else 1


def _longest(part: Part) -> int:
    match part:
        case NumberPart():
            return LONGEST_NUMBER
        case TextPart():
            return LONGEST_TEXT
        case _:
            return LONGEST_FREE_TEXT


def _unreadable(part: NumberPart, typed: str) -> Fault | None:
    try:
        value = evaluate(typed)
    except NotANumber as error:
        return error.fault
    needs_real = any(answer.low or answer.high for answer in part.answers)
    return Fault.NOT_REAL if needs_real and isinstance(value, complex) else None


def near_answers(part: NumberPart, typed: str) -> Iterator[int]:
    """The places of the answers that cover the number typed; none where it, or they, can't be read."""
    try:
        value = evaluate(typed)
    except NotANumber:
        return
    for place, answer in enumerate(part.answers):
        try:
            near = is_near(value, answer)
        except NotANumber:
            continue
        if near:
            yield place
