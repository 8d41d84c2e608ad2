"""What Stoa's names are called in the tracking log."""

import re
from collections.abc import Mapping

from stoa.assessment.rules.answers import Answers
from stoa.assessment.rules.scoring import PartResult, Verdict
from stoa.coursedoc.model import ChoicePart, NumberPart, Part, Quiz, TextPart
from stoa.coursedoc.model.quizzes import ChoiceKind

_RESPONSES: Mapping[type[Part], tuple[str, str]] = {
    NumberPart: ("numericalresponse", "formulaequationinput"),
    TextPart: ("stringresponse", "textline"),
}
_CHOICES: Mapping[ChoiceKind, tuple[str, str]] = {
    ChoiceKind.ONE: ("multiplechoiceresponse", "choicegroup"),
    ChoiceKind.MANY: ("choiceresponse", "checkboxgroup"),
    ChoiceKind.DROPDOWN: ("optionresponse", "optioninput"),
}
_OWN_WORDS = ("customresponse", "textbox")
_CORRECTNESS: Mapping[Verdict, str] = {Verdict.RIGHT: "correct", Verdict.PARTLY: "partially-correct"}
_MARKUP = re.compile(r"<[^>]*>")
_LONGEST_ANSWER = 2_000


def work_key(course_id: str, item_id: str) -> str:
    """The key of an assignment: block-v1:ORG+COURSE+RUN+type@openassessment+block@ID."""
    return f"block-v1:{course_id.removeprefix('course-v1:')}+type@openassessment+block@{item_id}"


def problem_key(course_key: str, item: str) -> str:
    """The key of a quiz in a run."""
    return f"block-v1:{course_key.removeprefix('course-v1:')}+type@problem+block@{item}"


def answers(quiz: Quiz, given: Answers) -> dict[str, object]:
    """Input id to what was given: a list where several may be chosen."""
    return {name: _given(part, given) for name, part in _inputs(quiz)}


def correct_map(quiz: Quiz, results: Mapping[str, PartResult]) -> dict[str, dict[str, object]]:
    """Input id to how right it was."""
    return {
        name: {
            "correctness": _CORRECTNESS.get(results[part.id].verdict, "incorrect"),
            "npoints": results[part.id].earned,
        }
        for name, part in _inputs(quiz)
    }


def submission(quiz: Quiz, given: Answers, results: Mapping[str, PartResult]) -> dict[str, dict[str, object]]:
    """Input id to the question, the answer in words, and whether it was right."""
    told: dict[str, dict[str, object]] = {}
    for name, part in _inputs(quiz):
        response, field = _kinds(part)
        told[name] = {
            "question": words((part.label or part.stem).source),
            "answer": _answer_in_words(part, given),
            "response_type": response,
            "input_type": field,
            "correct": results[part.id].verdict in {Verdict.RIGHT, Verdict.GIVEN},
            "variant": "",
            "group_label": "",
        }
    return told


def words(html: str) -> str:
    """The words of a text, without its markup."""
    return " ".join(_MARKUP.sub(" ", html).split())


def _inputs(quiz: Quiz) -> list[tuple[str, Part]]:
    # edX counts responses from 2 and the inputs of each from 1.
    return [(f"{quiz.id}_{place}_1", part) for place, part in enumerate(quiz.parts, start=2)]


def _given(part: Part, given: Answers) -> object:
    values = [value[:_LONGEST_ANSWER] for value in given.get(part.id, ())]
    if isinstance(part, ChoicePart) and part.kind is ChoiceKind.MANY:
        return values
    return ", ".join(values)


def _answer_in_words(part: Part, given: Answers) -> object:
    if not isinstance(part, ChoicePart):
        return _given(part, given)
    chosen = [words(choice.text.source) for choice in part.choices if choice.id in given.get(part.id, ())]
    return chosen if part.kind is ChoiceKind.MANY else ", ".join(chosen)


def _kinds(part: Part) -> tuple[str, str]:
    if isinstance(part, ChoicePart):
        return _CHOICES[part.kind]
    return _RESPONSES.get(type(part), _OWN_WORDS)
