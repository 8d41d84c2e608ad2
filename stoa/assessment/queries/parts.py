"""The questions of a quiz as one learner sees them."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stoa.assessment.queries.published import Published
from stoa.assessment.queries.view_model import ChoiceView, PartView, ResultView
from stoa.assessment.queries.words import FAULTS
from stoa.assessment.rules import drawing
from stoa.assessment.rules.answers import Answers
from stoa.assessment.rules.edx import words
from stoa.assessment.rules.faults import Fault
from stoa.assessment.rules.preparing import in_line
from stoa.assessment.rules.scoring import PartResult
from stoa.coursedoc.model import ChoicePart, FreeTextPart, NumberAnswer, NumberPart, Part, TextPart
from stoa.coursedoc.model.quizzes import ChoiceKind

Counts = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is shown beside the questions."""

    answers: Answers
    results: Mapping[str, PartResult]
    """Empty while nothing is said about the answers shown."""
    faults: Mapping[str, Fault]
    votes: Mapping[tuple[str, str], Counts]
    solution: bool
    seed: str


def part_views(quiz: Published, dom_id: str, shown: Shown) -> tuple[PartView, ...]:
    """Every question, numbered from 1."""
    inline = {piece.part for piece in quiz.pieces}
    return tuple(
        _part(quiz, place, f"{dom_id}-{place + 1}", shown, inline=part.id in inline)
        for place, part in enumerate(quiz.face.parts)
    )


def _part(quiz: Published, place: int, dom_id: str, shown: Shown, *, inline: bool) -> PartView:
    part, key = quiz.face.parts[place], quiz.key.parts[place]
    values = shown.answers.get(part.id, ())
    result = shown.results.get(part.id)
    counts = shown.votes.get((quiz.item_id, part.id), {})
    return PartView(
        id=part.id,
        name=f"part-{part.id}",
        dom_id=dom_id,
        number=place + 1,
        kind=_kind(part),
        inline=inline,
        stem=part.stem.source,
        label=in_line(part.label.source),
        description=in_line(part.description.source),
        unit=part.unit if isinstance(part, NumberPart) else "",
        lines=part.lines if isinstance(part, FreeTextPart) else 1,
        choices=_choices(part, key, dom_id, shown, frozenset(values)),
        values=_fields(part, values),
        fault=_fault(shown.faults.get(part.id)),
        verdict=result.verdict if result else None,
        points=result.points if result else part.points,
        earned=result.earned if result else 0.0,
        feedback=tuple(map(in_line, result.feedback)) if result else (),
        shows_solution=shown.solution,
        solution=key.solution.source if shown.solution else "",
        right_answers=_right_answers(key) if shown.solution else (),
        results=_results(part, counts, frozenset(values)),
        voters=sum(counts.values()),
    )


def _kind(part: Part) -> str:
    match part:
        case ChoicePart():
            return part.kind.value
        case NumberPart():
            return "number"
        case TextPart():
            return "text"
        case _:
            return "words"


def _fields(part: Part, values: tuple[str, ...]) -> tuple[str, ...]:
    wanted = part.words_wanted or 1 if isinstance(part, FreeTextPart) else 1
    return (*values, *("" for _ in range(wanted - len(values))))


def _fault(fault: Fault | None) -> Promise | str:
    return FAULTS[fault] if fault else ""


def _choices(part: Part, key: Part, dom_id: str, shown: Shown, chosen: frozenset[str]) -> tuple[ChoiceView, ...]:
    if not isinstance(part, ChoicePart) or not isinstance(key, ChoicePart):
        return ()
    right = {choice.id for choice in key.choices if choice.correct} if shown.solution else set()
    return tuple(
        ChoiceView(
            id=choice.id,
            dom_id=f"{dom_id}-{place}",
            html=in_line(choice.text.source),
            plain=_plain(choice.text.source),
            chosen=choice.id in chosen,
            right=choice.id in right,
        )
        for place, choice in enumerate(drawing.ordered(part, seed=shown.seed), start=1)
    )


def _plain(source: str) -> str:
    return html.unescape(words(source))


def _right_answers(key: Part) -> tuple[str, ...]:
    match key:
        case NumberPart():
            return tuple(_number(answer) for answer in key.answers if answer.credit >= 1)
        case TextPart() if not key.pattern:
            return tuple(answer.text for answer in key.answers if answer.correct and answer.credit >= 1)
        case ChoicePart(kind=ChoiceKind.DROPDOWN):
            return tuple(_plain(choice.text.source) for choice in key.choices if choice.correct)
        case _:
            return ()


def _number(answer: NumberAnswer) -> str:
    if answer.low and answer.high:
        return _("between %(low)s and %(high)s") % {"low": answer.low, "high": answer.high}
    if answer.low:
        return _("more than %(low)s") % {"low": answer.low}
    if answer.high:
        return _("less than %(high)s") % {"high": answer.high}
    return answer.value


def _results(part: Part, counts: Counts, own: frozenset[str]) -> tuple[ResultView, ...]:
    total = sum(counts.values())
    if not total:
        return ()
    if isinstance(part, ChoicePart):
        rows = [(choice.id, _plain(choice.text.source), counts.get(choice.id, 0)) for choice in part.choices]
    else:
        rows = [(answer, answer, count) for answer, count in counts.items()][:MOST_WORDS]
    return tuple(
        ResultView(label=label, count=count, percent=round(100 * count / total), own=answer in own)
        for answer, label, count in rows
    )


MOST_WORDS = 30
"""Words of a word cloud that are shown."""
