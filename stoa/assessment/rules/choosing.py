"""What a choice earns."""

from typing import Final

from stoa.coursedoc.model import Choice, ChoicePart, Text
from stoa.coursedoc.model.quizzes import ChoiceKind, PartialCredit

# One error still earns a half where there are three choices or more, two a quarter where there are five.
_HALVES: Final = {1: (3, 2), 2: (5, 4)}


def credit(part: ChoicePart, chosen: frozenset[str]) -> float:
    """The share of the points that these choices earn, 0 to 1, as edX gives it."""
    if part.kind is ChoiceKind.MANY:
        return _of_many(part, chosen)
    return max((_of_one(part, choice) for choice in part.choices if choice.id in chosen), default=0.0)


def right_choices(part: ChoicePart) -> frozenset[str]:
    """Ids of the right choices."""
    return frozenset(choice.id for choice in part.choices if choice.correct)


def feedback(part: ChoicePart, chosen: frozenset[str]) -> tuple[Text, ...]:
    """What to read after choosing these: the words for exactly this set, else those of each choice."""
    for compound in part.feedback:
        if frozenset(compound.choices) == chosen:
            return (compound.text,)
    spoken = (choice.feedback if choice.id in chosen else choice.unchosen_feedback for choice in part.choices)
    return tuple(text for text in spoken if text)


def _of_one(part: ChoicePart, choice: Choice) -> float:
    if choice.correct:
        return 1.0
    return choice.credit if part.partial_credit is PartialCredit.POINTS else 0.0


def _of_many(part: ChoicePart, chosen: frozenset[str]) -> float:
    errors = len(right_choices(part) ^ chosen)
    if not errors:
        return 1.0
    match part.partial_credit:
        case PartialCredit.EACH:
            return (len(part.choices) - errors) / len(part.choices)
        case PartialCredit.HALVES if errors in _HALVES:
            needed, divisor = _HALVES[errors]
            return 1 / divisor if len(part.choices) >= needed else 0.0
        case _:
            return 0.0
