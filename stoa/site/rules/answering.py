"""What a learner of some skill answers to a quiz."""

from random import Random

from stoa.coursedoc.model import ChoicePart, FreeTextPart, NumberPart, Part, Quiz, TextPart
from stoa.coursedoc.model.quizzes import ChoiceKind

OWN_WORDS = (
    "I tried it twice, and the second time I read the message first.",
    "It is clearer to me with the example from the video.",
    "I would use it for the lists at my work.",
    "Not sure yet, I will come back to this.",
)
WRONG_NUMBERS = ("3", "7", "12", "0", "100")
WRONG_WORDS = ("print", "nothing", "variable", "loop")


def answers_to(quiz: Quiz, chance: Random, *, skill: float) -> dict[str, tuple[str, ...]]:
    """An answer to every part, right as often as the skill says."""
    return {part.id: _answer(part, chance, right=chance.random() < skill) for part in quiz.parts}


def _answer(part: Part, chance: Random, *, right: bool) -> tuple[str, ...]:
    match part:
        case ChoicePart():
            return _choices(part, chance, right=right)
        case NumberPart() if right and part.answers:
            first = part.answers[0]
            return (first.value or first.low or first.high,)
        case NumberPart():
            return (chance.choice(WRONG_NUMBERS),)
        case TextPart() if right and part.answers and not part.pattern:
            return (part.answers[0].text,)
        case FreeTextPart():
            return (chance.choice(OWN_WORDS),)
        case _:
            return (chance.choice(WRONG_WORDS),)


def _choices(part: ChoicePart, chance: Random, *, right: bool) -> tuple[str, ...]:
    fitting = tuple(choice.id for choice in part.choices if choice.correct)
    if right and fitting:
        return fitting if part.kind is ChoiceKind.MANY else fitting[:1]
    if part.kind is not ChoiceKind.MANY:
        return (chance.choice(part.choices).id,)
    some = tuple(choice.id for choice in part.choices if chance.random() < 0.5)  # noqa: PLR2004 -- a coin
    return some or (part.choices[0].id,)
