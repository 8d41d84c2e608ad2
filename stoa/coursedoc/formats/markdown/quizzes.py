"""The plain notation for quizzes, read.

? Which number comes next? {#next points=2}
( ) 4
> Two more than two, but look at 1 and 2 as well.
(x) 5
Solution: Each is the sum of the two before it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from stoa.coursedoc import model
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown import fields
from stoa.coursedoc.formats.markdown.notation import Chunk, Value, code_lines, read_head, stripped

_QUESTION = re.compile(r"\?(?:[ \t]+(.*))?$")
_ANSWER = re.compile(r"(?:\(( |[xX]|[0-9]{1,3}%)\)|\[( |[xX])\]|(=|!?~))[ \t]+(.*)$")
_BLANK = re.compile(r"_{3,}[ \t]*$")
_TOGETHER = re.compile(r"&[ \t]+([^>]*)>[ \t]*(.*)$")
_WORD = re.compile(r"(Hint|Solution|Explanation|After|Before):(?:[ \t]+(.*))?$")
_UNDER = re.compile(r"(?: {4}|\t)(.*)$")
_RANGE = re.compile(r"([\[(])\s*([^,\]]*?)\s*,\s*([^,]*?)\s*([\])])$")
_CLASSES: dict[str, type[model.Part]] = {
    "choice": model.ChoicePart,
    "number": model.NumberPart,
    "text": model.TextPart,
    "free_text": model.FreeTextPart,
}


class NotAQuiz(ValueError):
    """A quiz that can't be read; `line` counts from the first line of the quiz, 0."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


@dataclass
class _Answer:
    """One line of answers with what stands under it."""

    sign: str
    words: str
    line: int
    text: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    unchosen: list[str] = field(default_factory=list)


@dataclass
class _Part:
    """One question as it is being read."""

    head: str
    line: int
    stem: list[str]
    label: list[str] = field(default_factory=list)
    description: list[str] = field(default_factory=list)
    answers: list[_Answer] = field(default_factory=list)
    together: list[tuple[str, list[str]]] = field(default_factory=list)
    solution: list[str] = field(default_factory=list)
    is_free: bool = False


@dataclass
class _Reading:
    """Where the reading of a quiz has come to: the lines that follow go into `into`."""

    intro: list[str] = field(default_factory=list)
    outro: list[str] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    hints: list[list[str]] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    into: list[str] = field(default_factory=list)
    answer: _Answer | None = None

    def last(self, line: int) -> _Part:
        """The question that this line belongs to."""
        if not self.parts:
            raise NotAQuiz("No question stands before this. Begin one with a line `? …`.", line)
        return self.parts[-1]


def read(body: Chunk) -> dict[str, Json]:
    """The fields of a quiz, from its lines."""
    reading = _Reading()
    reading.into = reading.intro
    for n, (line, in_code) in enumerate(zip(body.lines, code_lines(body.lines), strict=True)):
        if in_code or not any(take(reading, line, n) for take in _TAKERS):
            _take_words(reading, line)
    if stripped(reading.loose):
        raise NotAQuiz(
            "These words belong to no question. Begin one with `? …`, or indent them by four.", len(body.lines)
        )
    if not reading.parts:
        raise NotAQuiz("This quiz asks nothing. Begin a question with a line `? …`.", -1)
    whole: dict[str, Json] = {
        "intro": stripped(reading.intro),
        "outro": stripped(reading.outro),
        "solution": stripped(reading.explanation),
        "hints": [stripped(hint) for hint in reading.hints],
        "parts": [_part(part, n) for n, part in enumerate(reading.parts, 1)],
    }
    return {name: value for name, value in whole.items() if value}


def _take_question(reading: _Reading, line: str, n: int) -> bool:
    match = _QUESTION.match(line)
    if match:
        stem, reading.loose = reading.loose, []
        part = _Part(head=match[1] or "", line=n, stem=stem)
        reading.parts.append(part)
        reading.into, reading.answer = part.label, None
    return bool(match)


def _take_answer(reading: _Reading, line: str, n: int) -> bool:
    match = _ANSWER.match(line)
    if match:
        kind = "(" if match[1] else "[" if match[2] else ""
        answer = _Answer(sign=kind + (match[1] or match[2] or match[3]).lower(), words=match[4], line=n)
        reading.last(n).answers.append(answer)
        reading.into, reading.answer = answer.text, answer
    return bool(match)


def _take_blank(reading: _Reading, line: str, n: int) -> bool:
    if not _BLANK.match(line):
        return False
    reading.last(n).is_free = True
    reading.into, reading.answer = reading.loose, None
    return True


def _take_together(reading: _Reading, line: str, n: int) -> bool:
    match = _TOGETHER.match(line)
    if match:
        words = [match[2]]
        reading.last(n).together.append((match[1], words))
        reading.into, reading.answer = words, None
    return bool(match)


def _take_word(reading: _Reading, line: str, n: int) -> bool:
    match = _WORD.match(line)
    if not match:
        return False
    reading.answer = None
    match match[1]:
        case "Hint":
            reading.hints.append([])
            reading.into = reading.hints[-1]
        case "Solution":
            reading.into = reading.last(n).solution
        case "Explanation":
            reading.into = reading.explanation
        case "Before":
            reading.into = reading.loose
        case _:
            reading.into = reading.outro
    reading.into.append(match[2] or "")
    return True


_TAKERS: tuple[Callable[[_Reading, str, int], bool], ...] = (
    _take_question,
    _take_answer,
    _take_blank,
    _take_together,
    _take_word,
)


def _take_words(reading: _Reading, line: str) -> None:
    """Words go on with what stands above them; under an answer they are indented."""
    part = reading.parts[-1] if reading.parts else None
    under = _UNDER.match(line)
    if reading.answer and under:
        _take_under(reading, reading.answer, under[1])
    elif reading.answer and line.strip():
        reading.answer = None
        reading.into = reading.loose
        reading.loose.append(line)
    elif part and reading.into is part.label and not line.strip():
        reading.into = part.description
    else:
        reading.into.append(line)


def _take_under(reading: _Reading, answer: _Answer, line: str) -> None:
    if line.startswith(("> ", "< ")):
        reading.into = answer.chosen if line[0] == ">" else answer.unchosen
        reading.into.append(line[2:])
    elif reading.into is answer.text:
        reading.into.append(line)
    else:
        reading.into.append(line.removeprefix("  "))


def _part(part: _Part, number: int) -> dict[str, Json]:
    head = read_head(part.head)
    kind = _kind(part)
    try:
        attributes = fields.read(_CLASSES[kind], {n: v for n, v in head.attributes.items() if n != "dropdown"})
    except fields.NotAField as error:
        raise NotAQuiz(str(error), part.line) from error
    found: dict[str, Json] = {
        "type": kind,
        "id": head.id or f"p{number}",
        "stem": stripped(part.stem),
        "label": stripped([head.title, *part.label]),
        "description": stripped(part.description),
        "solution": stripped(part.solution),
    }
    found = {name: found[name] for name in found if found[name]} | attributes
    if kind == "choice":
        return _choices(part, dropdown="dropdown" in head.attributes) | found
    if kind != "free_text":
        found["answers"] = [(_number if kind == "number" else _text)(answer) for answer in part.answers]
    return found


def _kind(part: _Part) -> str:
    kinds = {"choice" if one.sign[0] in "([" else "number" if one.sign == "=" else "text" for one in part.answers}
    if part.is_free:
        kinds.add("free_text")
    if len(kinds) > 1:
        raise NotAQuiz("One question has answers of two kinds. Make it two questions.", part.line)
    if not kinds:
        raise NotAQuiz(
            "This question has no answer. Write `(x) …`, `[x] …`, `= 42`, `~ word` or `___` under it.", part.line
        )
    return kinds.pop()


def _choices(part: _Part, *, dropdown: bool) -> dict[str, Json]:
    signs = {one.sign[0] for one in part.answers}
    if len(signs) > 1:
        raise NotAQuiz("One question has round and square boxes. Use ( ) to choose one, [ ] to choose many.", part.line)
    found: dict[str, Json] = {"choices": [_choice(one, n) for n, one in enumerate(part.answers)]}
    if any(one.sign.endswith("%") for one in part.answers):
        found["partial_credit"] = "points"
    if dropdown or signs == {"["}:
        found["kind"] = "dropdown" if dropdown else "many"
    if part.together:
        found["feedback"] = [{"choices": [*ids.split()], "text": stripped(words)} for ids, words in part.together]
    return found


def _choice(answer: _Answer, number: int) -> dict[str, Json]:
    head = read_head(answer.words)
    try:
        attributes = fields.read(model.Choice, head.attributes)
    except fields.NotAField as error:
        raise NotAQuiz(str(error), answer.line) from error
    text = stripped([head.title, *answer.text])
    found: dict[str, Json] = {"id": head.id or letter(number), "text": text, **attributes}
    if answer.sign.endswith("%"):
        found["credit"] = int(answer.sign[1:-1]) / 100
    if answer.sign.endswith("x"):
        found["correct"] = True
    if answer.unchosen:
        found["unchosen_feedback"] = stripped(answer.unchosen)
    return found | _feedback(answer)


def letter(number: int) -> str:
    """The id of a choice that has none: a, b, c and so on."""
    return chr(ord("a") + number) if number < 26 else f"c{number + 1}"  # noqa: PLR2004 -- the letters there are


def _feedback(answer: _Answer) -> dict[str, Json]:
    return {"feedback": stripped(answer.chosen)} if answer.chosen else {}


def _number(answer: _Answer) -> dict[str, Json]:
    head = read_head(answer.words)
    found = _credit(head.attributes.get("credit"), answer)
    value = _range(head.title) or _value(head.title)
    return value | found | _feedback(answer)


def _range(words: str) -> dict[str, Json]:
    match = _RANGE.match(words)
    if not match:
        return {}
    found: dict[str, Json] = {"low": match[2], "high": match[3]}
    found |= {"low_inclusive": False} if match[1] == "(" else {}
    return found | ({"high_inclusive": False} if match[4] == ")" else {})


def _value(words: str) -> dict[str, Json]:
    value, sign, tolerance = words.partition(" +- ")
    found: dict[str, Json] = {"value": value.strip()}
    return found | ({"tolerance": tolerance.strip()} if sign else {})


def _text(answer: _Answer) -> dict[str, Json]:
    head = read_head(answer.words)
    found: dict[str, Json] = {"text": stripped([head.title, *answer.text])}
    found |= {"correct": False} if answer.sign == "!~" else {}
    return found | _credit(head.attributes.get("credit"), answer) | _feedback(answer)


def _credit(written: Value | None, answer: _Answer) -> dict[str, Json]:
    if written is None:
        return {}
    share = str(written).removesuffix("%")
    if not share.isascii() or not share.isdigit() or len(share) > 3:  # noqa: PLR2004 -- up to 100 %
        raise NotAQuiz(f"credit is a share such as 50%, not {written!r}.", answer.line)
    return {"credit": int(share) / 100}
