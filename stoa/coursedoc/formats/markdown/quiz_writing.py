"""The plain notation for quizzes, written."""

from collections.abc import Iterator, Mapping
from typing import cast

from stoa.coursedoc import model
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown import fields
from stoa.coursedoc.formats.markdown.notation import write_head
from stoa.coursedoc.formats.markdown.quizzes import letter

Values = Mapping[str, Json]


def write(quiz: Values) -> str:
    """The quiz in plain notation, as far as it goes: the caller reads it back to see whether that was all."""
    lines = [_text(quiz, "intro"), ""] if "intro" in quiz else []
    for number, part in enumerate(_all(quiz, "parts"), 1):
        lines += [*_part(part, number), ""]
    lines += [line for hint in cast("list[Json]", quiz.get("hints", [])) for line in (f"Hint: {hint}", "")]
    if "solution" in quiz:
        lines += [f"Explanation: {_text(quiz, 'solution')}", ""]
    if "outro" in quiz:
        lines += [f"After: {_text(quiz, 'outro')}", ""]
    return "\n".join(lines).strip("\n")


def _all(values: Values, name: str) -> list[Values]:
    return cast("list[Values]", values.get(name, []))


def _text(values: Values, name: str) -> str:
    return str(values.get(name, ""))


def _part(part: Values, number: int) -> Iterator[str]:
    kind = part["type"]
    if "stem" in part:
        yield f"Before: {_text(part, 'stem')}\n"
    label, _, more = _text(part, "label").partition("\n")
    yield f"? {write_head(label, _id(part, f'p{number}'), _attributes(part))}".rstrip()
    if more:
        yield more
    if "description" in part:
        yield f"\n{_text(part, 'description')}\n"
    match kind:
        case "choice":
            yield from _choices(part)
        case "number":
            yield from (line for answer in _all(part, "answers") for line in _number(answer))
        case "text":
            yield from (line for answer in _all(part, "answers") for line in _word(answer))
        case _:
            yield "___"
    if "solution" in part:
        yield f"Solution: {_text(part, 'solution')}"


def _id(values: Values, usual: str) -> str:
    return "" if values["id"] == usual else _text(values, "id")


def _attributes(part: Values) -> dict[str, Json]:
    kinds = {"choice": model.ChoicePart, "number": model.NumberPart, "text": model.TextPart}
    found = fields.write(kinds.get(_text(part, "type"), model.FreeTextPart), part)
    found.pop("kind", None)
    if found.get("partial") == "points" and any("credit" in one for one in _all(part, "choices")):
        found.pop("partial")
    if part.get("kind") == "dropdown":
        found = {"dropdown": True} | found
    return found


def _choices(part: Values) -> Iterator[str]:
    left, right = "[]" if part.get("kind") == "many" else "()"
    for number, choice in enumerate(_all(part, "choices")):
        share = f"{float(cast('float', choice.get('credit', 0))) * 100:.0f}%"
        sign = "x" if choice.get("correct") else share if "credit" in choice else " "
        words = _text(choice, "text")
        attributes: dict[str, Json] = {"fixed": True} if choice.get("fixed") else {}
        yield from _answer(f"{left}{sign}{right}", words, _id(choice, letter(number)), attributes)
        yield from _under(choice)
    for together in _all(part, "feedback"):
        ids = " ".join(str(one) for one in cast("list[Json]", together["choices"]))
        yield f"& {ids} > {_text(together, 'text')}"


def _answer(sign: str, words: str, answer_id: str, attributes: Values) -> Iterator[str]:
    first, *more = words.split("\n")
    yield f"{sign} {write_head(first, answer_id, attributes)}"
    yield from _indented(more, "    ")


def _indented(lines: list[str], by: str) -> Iterator[str]:
    return (by + line if line else "" for line in lines)


def _under(answer: Values) -> Iterator[str]:
    for sign, name in ((">", "feedback"), ("<", "unchosen_feedback")):
        if name in answer:
            first, *more = _text(answer, name).split("\n")
            yield f"    {sign} {first}"
            yield from _indented(more, "      ")


def _number(answer: Values) -> Iterator[str]:
    tolerance = f" +- {answer['tolerance']}" if "tolerance" in answer else ""
    written = f"{_text(answer, 'value')}{tolerance}"
    if "value" not in answer:
        left = "[" if answer.get("low_inclusive", True) else "("
        right = "]" if answer.get("high_inclusive", True) else ")"
        written = f"{left}{_text(answer, 'low')}, {_text(answer, 'high')}{right}"
    yield from _answer("=", written, "", _credit(answer))
    yield from _under(answer)


def _word(answer: Values) -> Iterator[str]:
    yield from _answer("~" if answer.get("correct", True) else "!~", _text(answer, "text"), "", _credit(answer))
    yield from _under(answer)


def _credit(answer: Values) -> dict[str, Json]:
    return {"credit": f"{float(cast('float', answer['credit'])) * 100:.0f}%"} if "credit" in answer else {}
