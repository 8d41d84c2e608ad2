"""Choose from a list."""

import html
import re

from stoa.coursedoc.formats.olx.problems.asked import Asked, hint_in, without
from stoa.coursedoc.formats.olx.values import flag
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Choice, ChoicePart
from stoa.coursedoc.model.quizzes import ChoiceKind

QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def dropdown(asked: Asked) -> ChoicePart:
    """A list of which one is right, in the new form or the old."""
    choices = _listed(asked) or _told(asked)
    if not any(choice.correct for choice in choices):
        asked.report("No choice is right, so nobody can answer it.", "Mark the right choice.")
    return ChoicePart(
        **asked.head,
        kind=ChoiceKind.DROPDOWN,
        choices=choices,
        shuffle=flag(asked.input.get("shuffle")) is True,
    )


def _listed(asked: Asked) -> tuple[Choice, ...]:
    """Choices as elements."""
    found = [element for element in asked.input if tag_of(element) == "option"]
    right = [flag(option.get("correct")) is True for option in found]
    return tuple(
        Choice(
            id=f"choice_{n}",
            text=asked.text(without(option, "optionhint")),
            correct=correct,
            credit=1.0 if correct else 0.0,
            feedback=asked.text(hint_in(option, "optionhint")),
        )
        for n, (option, correct) in enumerate(zip(found, right, strict=True))
    )


def _told(asked: Asked) -> tuple[Choice, ...]:
    """Choices as a list in quotes, which is never run as the Python that it looks like."""
    correct = (asked.input.get("correct") or "").strip()
    return tuple(
        Choice(
            id=f"choice_{n}",
            text=asked.text(html.escape(words, quote=False)),
            correct=words == correct,
            credit=1.0 if words == correct else 0.0,
        )
        for n, words in enumerate(options_of(asked.input.get("options") or ""))
    )


def options_of(told: str) -> list[str]:
    """The words in `('one','two')`."""
    quoted = [(single or double).replace("\\'", "'").replace('\\"', '"') for single, double in QUOTED.findall(told)]
    if quoted:
        return [words.strip() for words in quoted]
    return [words.strip() for words in told.strip().strip("()").split(",") if words.strip()]
