"""A problem as a quiz; or as a reading, or kept as it came, where it is not one that Stoa scores."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.desk import Desk, is_hidden, title_of
from stoa.coursedoc.formats.olx.markup import inner_html, plain_words
from stoa.coursedoc.formats.olx.problems.asked import Asked, NotScorable
from stoa.coursedoc.formats.olx.problems.choices import many_choices, one_choice
from stoa.coursedoc.formats.olx.problems.dropdowns import dropdown
from stoa.coursedoc.formats.olx.problems.layout import slots, stands_inside, stems
from stoa.coursedoc.formats.olx.problems.numbers import number_part
from stoa.coursedoc.formats.olx.problems.pieces import Pieces, inputs_of, take_apart, take_solution
from stoa.coursedoc.formats.olx.problems.scripts import accepts_everything, uses_variables
from stoa.coursedoc.formats.olx.problems.settings import USED, rules_of
from stoa.coursedoc.formats.olx.problems.words import accepts_any_words, any_words, free_text, text_part
from stoa.coursedoc.formats.olx.raws import raw
from stoa.coursedoc.formats.olx.readings import without_question
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import number, real_moment
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.imported import SourceRefused
from stoa.coursedoc.model import Item, Part, Quiz, Text

KINDS: dict[str, Callable[[Asked], Part]] = {
    "multiplechoiceresponse": one_choice,
    "truefalseresponse": one_choice,
    "choiceresponse": many_choices,
    "optionresponse": dropdown,
    "numericalresponse": number_part,
    "stringresponse": text_part,
}
OF_A_PROGRAM = (
    "This question is checked by a program of its instructor, which Stoa can't run yet. "
    "Its words are below; it does not count."
)
OF_A_KIND = "This kind of question can't be answered here yet. Its words are below; it does not count."


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """The questions, and the text around them."""

    parts: tuple[Part, ...]
    layout: Text
    outro: Text


def problem(node: Node, desk: Desk) -> Item:
    """The item that a problem becomes."""
    pieces = take_apart(node)
    if len(pieces.responses) > desk.source.limits.responses:
        raise SourceRefused(f"A problem has more than {desk.source.limits.responses:,} questions.", place=node.place)
    if not pieces.responses:
        return without_question(node, desk)
    why, told = _why_not(pieces)
    if why:
        return raw(node, desk, why=why, told=told)
    try:
        return _quiz(node, desk, pieces)
    except NotScorable as reason:
        return raw(node, desk, why=f"A question can't be scored: {reason}", told=OF_A_KIND)


def _is_free(response: XmlElement, pieces: Pieces) -> bool:
    return accepts_any_words(response) or accepts_everything(response, pieces.python)


def _why_not(pieces: Pieces) -> tuple[str, str]:
    """Why a problem can't be a quiz, for the report and for the learner."""
    others = [response for response in pieces.responses if tag_of(response) not in KINDS]
    hard = sorted({tag_of(response) for response in others if not accepts_everything(response, pieces.python)})
    if hard == ["customresponse"]:
        return "It is checked by a Python program", OF_A_PROGRAM
    if hard:
        return f"Stoa has no questions of the kind {', '.join(hard)}", OF_A_KIND
    if uses_variables(pieces.body, pieces.python):
        return "Its numbers come out of a Python program", OF_A_PROGRAM
    if any(not inputs_of(response) for response in pieces.responses):
        return "A question has no field to answer in", OF_A_KIND
    return "", ""


def _quiz(node: Node, desk: Desk, pieces: Pieces) -> Quiz:
    rules = rules_of(node, desk)
    free = all(_is_free(response, pieces) for response in pieces.responses)
    asked = _questions(node, desk, pieces)
    cut = _cut(pieces, asked, desk, node, free=free)
    unscored = "it accepts every answer, so it is not scored" if free else ""
    script = "a script dropped" if pieces.other_scripts else ""
    style = "styles of its own dropped" if pieces.styled else ""
    losses = dict.fromkeys(loss for one in asked for loss in one.losses)
    desk.mapped(node, unscored, script, style, *losses)
    return Quiz(
        id=node.id,
        title=title_of(node, "Quiz"),
        hidden=is_hidden(node),
        due=real_moment(node.attributes.get("due")),
        kept=desk.kept(node, *USED),
        layout=cut.layout,
        outro=cut.outro,
        parts=cut.parts,
        attempts=rules.attempts,
        weight=0.0 if free else rules.weight,
        scored=not free,
        show_correctness=rules.show_correctness,
        hints=tuple(desk.text(hint, node) for hint in pieces.hints),
        solution=desk.text(pieces.solution, node) if pieces.solution else Text(),
        show_answer=rules.show,
        show_answer_after=rules.show_after,
        wait_seconds=rules.wait_seconds,
    )


def _questions(node: Node, desk: Desk, pieces: Pieces) -> list[Asked]:
    """Each field as a question, numbered in order."""
    asked: list[Asked] = []
    for response in pieces.responses:
        solution = take_solution(response)
        for field in inputs_of(response):
            one = Asked(id=f"p{len(asked) + 1}", response=response, input=field, node=node, desk=desk)
            one.solution, solution = one.text(solution), ""
            points = number(field.get("points"))
            one.points = 1.0 if points is None else max(0.0, points)
            asked.append(one)
    return asked


def _cut(pieces: Pieces, asked: list[Asked], desk: Desk, node: Node, *, free: bool) -> _Cut:
    if stands_inside(pieces):
        for one in asked:
            one.label = one.text(_label(one) or (one.input.get("label") or ""))
            one.description = one.text(_description(one))
        parts = tuple(_part(one, pieces, free=free) for one in asked)
        layout = desk.text(slots(pieces, {one.input: one.id for one in asked}), node)
        return _Cut(parts=parts, layout=layout, outro=Text())
    outro = ""
    by_response = {one.response: one for one in asked}
    for response, stem in stems(pieces):
        if response is None:
            outro = stem
        else:
            _word(by_response[response], stem)
    parts = tuple(_part(one, pieces, free=free) for one in asked)
    return _Cut(parts=parts, layout=Text(), outro=desk.text(outro, node) if outro else Text())


def _word(one: Asked, stem: str) -> None:
    """Give a question its words; a label that only repeats them for screen readers is left out."""
    if not plain_words(stem) and "<img" not in stem:
        stem = ""
    one.stem = one.text(stem)
    one.description = one.text(_description(one))
    label = _label(one)
    if not label:
        told = one.input.get("label") or ""
        label = "" if _same(told, stem) else told
    one.label = one.text(label)


def _same(label: str, stem: str) -> bool:
    """Whether a label's words stand in the text before it already."""
    squeezed = re.sub(r"\W+", "", plain_words(label)).casefold()
    return squeezed in re.sub(r"\W+", "", plain_words(stem)).casefold()


def _label(one: Asked) -> str:
    return "".join(inner_html(label) for label in one.response.iter("label")).strip()


def _description(one: Asked) -> str:
    return "<br>".join(inner_html(told).strip() for told in one.response.iter("description"))


def _part(one: Asked, pieces: Pieces, *, free: bool) -> Part:
    if free:
        return free_text(one)
    if _is_free(one.response, pieces):
        return any_words(one)
    return KINDS[tag_of(one.response)](one)
