"""Answer with a word or a short phrase."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.markup import inner_html
from stoa.coursedoc.formats.olx.problems.asked import Asked, NotScorable, hint_html, hint_in, without
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import FreeTextPart, Text, TextAnswer, TextPart

PROBES = ("a", "Zq 7!", "wörld, 2", "0", "- ?")
# Short, since an author's pattern may take time that grows by powers of the length.
LONG_FIELD = 60


def text_part(asked: Asked) -> TextPart:
    """A phrase, or a pattern of phrases, with the foreseen wrong ones."""
    answers = tuple(_answers(asked))
    if not any(answer.text for answer in answers if answer.correct):
        raise NotScorable("it names no right answer")
    kinds = _kinds(asked.response)
    pattern = "regexp" in kinds
    if pattern and not all(_compiles(answer.text) for answer in answers if answer.correct):
        raise NotScorable("its pattern is not one that can be read")
    asked.description = asked.description or asked.desk.words((asked.input.get("trailing_text") or "").strip())
    return TextPart(
        **asked.head,
        answers=answers,
        case_sensitive="ci" not in kinds,
        pattern=pattern,
    )


def free_text(asked: Asked) -> FreeTextPart:
    """A field where every answer is right: nothing is scored."""
    size = asked.input.get("size") or ""
    long = tag_of(asked.input) == "textbox" or (size.isdigit() and int(size) >= LONG_FIELD)
    asked.points = 0.0
    return FreeTextPart(
        **asked.head,
        lines=4 if long else 2,
    )


def any_words(asked: Asked) -> TextPart:
    """A field where every answer is right, in a quiz where its point counts."""
    return TextPart(
        **asked.head,
        answers=(TextAnswer(text=r"[\s\S]*"),),
        pattern=True,
    )


def accepts_any_words(response: XmlElement) -> bool:
    """Whether a response's pattern fits everything."""
    answer = response.get("answer") or ""
    if tag_of(response) != "stringresponse" or "regexp" not in _kinds(response) or not _compiles(answer):
        return False
    return all(re.fullmatch(answer, probe) for probe in PROBES)


def _kinds(response: XmlElement) -> set[str]:
    return set((response.get("type") or "").lower().split())


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def _answers(asked: Asked) -> Iterator[TextAnswer]:
    told = asked.response.get("answer") or ""
    pattern = "regexp" in _kinds(asked.response)
    feedback = asked.text(hint_in(asked.response))
    for words in [told] if pattern else told.split("_or_"):
        yield TextAnswer(text=words.strip(), feedback=feedback)
    for child in asked.response:
        if tag_of(child) == "additional_answer":
            words = child.get("answer") or without(child, "correcthint")
            if words.strip():
                yield TextAnswer(text=words.strip(), feedback=asked.text(hint_in(child)))
        elif tag_of(child) == "stringequalhint" and child.get("answer"):
            yield _wrong(child.get("answer") or "", asked.text(hint_html(child)), pattern=pattern)
    yield from _old_hints(asked, pattern=pattern)


def _old_hints(asked: Asked, *, pattern: bool) -> Iterator[TextAnswer]:
    """Foreseen answers of the old form: a named condition and the words that hang on it."""
    for group in asked.response.iter("hintgroup"):
        words = {part.get("on") or "": inner_html(part).strip() for part in group.iter("hintpart")}
        for hint in group.iter("stringhint"):
            told = words.get(hint.get("name") or "", "")
            if hint.get("answer") and told:
                yield _wrong(hint.get("answer") or "", asked.text(told), pattern=pattern)


def _wrong(words: str, feedback: Text, *, pattern: bool) -> TextAnswer:
    words = re.escape(words.strip()) if pattern else words.strip()
    return TextAnswer(text=words, credit=0.0, correct=False, feedback=feedback)
