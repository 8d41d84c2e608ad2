"""Answer with a number."""

import re
from collections.abc import Iterator

from stoa.coursedoc.formats.olx.problems.asked import Asked, NotScorable, hint_in
from stoa.coursedoc.formats.olx.values import number
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import NumberAnswer, NumberPart

RANGE = re.compile(r"^\s*([\[(])\s*([^,\[\]]+?)\s*,\s*([^,\[\]]+?)\s*([\])])\s*$")
IMAGINARY = re.compile(r"(?<![A-Za-z])[ij](?![A-Za-z])")
HALF = 0.5
FAR = 2.0
LONGEST = 200
DEFAULT_SHARE = 0.001
"""Percent: the tolerance where none is told."""


def number_part(asked: Asked) -> NumberPart:
    """A number with its tolerance, or a range; further answers; partial credit for near ones."""
    told = (asked.response.get("answer") or "").strip()
    if not told:
        raise NotScorable("it names no right answer")
    if IMAGINARY.search(told):
        raise NotScorable("its answer is a complex number")
    return NumberPart(
        **asked.head,
        answers=tuple(_answers(asked, told)),
        unit=(asked.input.get("trailing_text") or "").strip(),
    )


def _answers(asked: Asked, told: str) -> Iterator[NumberAnswer]:
    tolerance = _tolerance(asked)
    feedback = asked.text(hint_in(asked.response))
    span = RANGE.match(told[:LONGEST])
    if span:
        opening, low, high, closing = span.groups()
        inclusive = (opening == "[", closing == "]")
        yield NumberAnswer(
            low=low, high=high, low_inclusive=inclusive[0], high_inclusive=inclusive[1], feedback=feedback
        )
    else:
        yield NumberAnswer(value=told, tolerance=tolerance, feedback=feedback)
    for child in asked.response:
        if tag_of(child) == "additional_answer" and child.get("answer"):
            yield NumberAnswer(value=child.get("answer") or "", tolerance="0", feedback=asked.text(hint_in(child)))
    if not span:
        yield from _nearly(asked, told, tolerance)


def _tolerance(asked: Asked) -> str:
    for child in asked.response.iter("responseparam"):
        if (child.get("type") or "tolerance").strip().lower() == "tolerance":
            return re.sub(r"\s+", "", child.get("default") or "")
    return ""


def _nearly(asked: Asked, told: str, tolerance: str) -> Iterator[NumberAnswer]:
    """Answers that earn a half: those in the author's list, and those not too far away."""
    kinds = {kind.strip().lower() for kind in (asked.response.get("partial_credit") or "").split(",")}
    params = list(asked.response.iter("responseparam"))
    if "list" in kinds:
        listed = ",".join(param.get("partial_answers") or "" for param in params)
        for value in filter(None, (part.strip() for part in listed.split(","))):
            yield NumberAnswer(value=value, tolerance=tolerance, credit=HALF)
    if "close" in kinds:
        factor = next((number(param.get("partial_range")) for param in params if param.get("partial_range")), None)
        wider = _times(tolerance, factor or FAR)
        if wider:
            yield NumberAnswer(value=told, tolerance=wider, credit=HALF)
        else:
            asked.losses.append("its half points for near answers are not given")


def _times(tolerance: str, factor: float) -> str:
    percent = tolerance.endswith("%") or not tolerance
    value = DEFAULT_SHARE if not tolerance else number(tolerance.rstrip("%"))
    return "" if value is None else f"{value * factor:.12g}{'%' if percent else ''}"
