"""Choose one, or choose all that apply."""

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.ids import fit
from stoa.coursedoc.formats.olx.problems.asked import Asked, hint_html, without
from stoa.coursedoc.formats.olx.problems.pieces import solution_html
from stoa.coursedoc.formats.olx.surveys import unique
from stoa.coursedoc.formats.olx.values import flag, number
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Choice, ChoicePart, Feedback, Text
from stoa.coursedoc.model.quizzes import ChoiceKind, PartialCredit

HINTS = ("choicehint", "compoundhint")
HALF = 0.5
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def one_choice(asked: Asked) -> ChoicePart:
    """Radio buttons. Where several are right, any of them scores."""
    by_points = "points" in _partial(asked)
    choices = _choices(asked, by_points=by_points)
    right = sum(choice.correct for choice in choices)
    if right > 1:
        asked.report("Several choices are right; any of them scores.", "Make it “choose all that apply”, or mark one.")
    if right == 0:
        asked.report("No choice is right, so nobody can answer it.", "Mark the right choice.")
    return _part(asked, ChoiceKind.ONE, choices, PartialCredit.POINTS if by_points else PartialCredit.NONE)


def many_choices(asked: Asked) -> ChoicePart:
    """Checkboxes: the exact set is wanted."""
    told = _partial(asked)
    credit = PartialCredit.EACH if "edc" in told else PartialCredit.HALVES if "halves" in told else PartialCredit.NONE
    return _part(asked, ChoiceKind.MANY, _choices(asked, by_points=False), credit)


def _part(asked: Asked, kind: ChoiceKind, choices: tuple[Choice, ...], credit: PartialCredit) -> ChoicePart:
    if asked.input.get("answer-pool") or asked.response.get("answer-pool"):
        asked.losses.append("its choices are not drawn from a pool; all are shown")
    asked.solution = asked.solution or _explained(asked)
    return ChoicePart(
        **asked.head,
        kind=kind,
        choices=choices,
        shuffle=flag(asked.input.get("shuffle")) is True,
        partial_credit=credit,
        feedback=_compound(asked, choices),
    )


def _partial(asked: Asked) -> set[str]:
    return {kind.strip().lower() for kind in (asked.response.get("partial_credit") or "").split(",")}


def _choice_elements(asked: Asked) -> list[XmlElement]:
    return [element for element in asked.input.iter() if tag_of(element) == "choice"]


def _choices(asked: Asked, *, by_points: bool) -> tuple[Choice, ...]:
    found = _choice_elements(asked)
    ids = unique([fit(one.get("name") or f"choice_{n}") for n, one in enumerate(found)])
    return tuple(_choice(asked, one, id_, by_points=by_points) for one, id_ in zip(found, ids, strict=True))


def _choice(asked: Asked, element: XmlElement, id_: str, *, by_points: bool) -> Choice:
    told = (element.get("correct") or "false").strip().lower()
    if told not in {"true", "false", "partial"}:
        asked.report(f"A choice says “{told}” for right or wrong; it counts as neither.", "Say true or false.")
    points = number(element.get("point_value"))
    partial = (HALF if points is None else points) if told == "partial" and by_points else 0.0
    return Choice(
        id=id_,
        text=asked.text(without(element, *HINTS)),
        correct=told == "true",
        credit=1.0 if told == "true" else partial,
        fixed=flag(element.get("fixed")) is True,
        feedback=_hint(asked, element, chosen=True) or _targeted(asked, element),
        unchosen_feedback=_hint(asked, element, chosen=False),
    )


def _hint(asked: Asked, element: XmlElement, *, chosen: bool) -> Text:
    for child in element:
        if tag_of(child) == "choicehint" and (flag(child.get("selected")) is not False) == chosen:
            return asked.text(hint_html(child))
    return Text()


def _targeted(asked: Asked, element: XmlElement) -> Text:
    """Feedback that stands elsewhere in the problem and names the choice by a key."""
    key = element.get("explanation-id")
    root = asked.response.getroottree().getroot()
    for feedback in root.iter("targetedfeedback") if key else ():
        if feedback.get("explanation-id") == key:
            return asked.text(solution_html(feedback))
    return Text()


def _explained(asked: Asked) -> Text:
    """A solution with the key of the right choice."""
    keys = {one.get("explanation-id") for one in _choice_elements(asked) if flag(one.get("correct"))} - {None}
    found = [one for one in asked.response.iter("solution") if one.get("explanation-id") in keys] if keys else []
    return asked.text("".join(solution_html(one) for one in found))


def _compound(asked: Asked, choices: tuple[Choice, ...]) -> tuple[Feedback, ...]:
    """Feedback on exactly these choices, named by letters in order."""
    told = []
    for hint in asked.input.iter("compoundhint"):
        letters = (hint.get("value") or "").upper().split()
        places = [LETTERS.find(letter) for letter in letters]
        if all(0 <= place < len(choices) for place in places):
            text = asked.text(hint_html(hint))
            told.append(Feedback(choices=tuple(choices[place].id for place in places), text=text))
    return tuple(told)
