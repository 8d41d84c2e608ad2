"""A quiz without its key: what may be sent to a learner before an answer."""

from dataclasses import replace

from stoa.coursedoc.model import ChoicePart, NumberPart, Part, Quiz, Text, TextPart
from stoa.coursedoc.model.quizzes import PartialCredit

NOTHING = Text()


def face(quiz: Quiz) -> Quiz:
    """The quiz with its questions and choices, and nothing that tells what is right."""
    parts = tuple(_part_face(part) for part in quiz.parts)
    return replace(quiz, parts=parts, solution=NOTHING, hints=tuple(NOTHING for _ in quiz.hints), kept=())


def _part_face(part: Part) -> Part:
    match part:
        case ChoicePart():
            choices = tuple(
                replace(choice, correct=False, credit=0.0, feedback=NOTHING, unchosen_feedback=NOTHING)
                for choice in part.choices
            )
            return replace(part, choices=choices, feedback=(), solution=NOTHING, partial_credit=PartialCredit.NONE)
        case NumberPart():
            return replace(part, answers=(), solution=NOTHING)
        case TextPart():
            return replace(part, answers=(), solution=NOTHING)
        case _:
            return replace(part, solution=NOTHING)
