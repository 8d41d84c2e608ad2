"""Rubrics of open responses: a name is a key, a label is what people see."""

from collections.abc import Iterable, Iterator

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.ids import fit
from stoa.coursedoc.formats.olx.surveys import unique
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import number
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Criterion, Example, Level
from stoa.coursedoc.model.assignments import Need


def criteria(rubric: XmlElement | None, node: Node, desk: Desk) -> tuple[Criterion, ...]:
    """What readers look at, in order."""
    if rubric is None:
        desk.report(node, "This assignment has no rubric.", "Give it one.")
        return ()
    found = [child for child in rubric if tag_of(child) == "criterion"]
    ids = unique([fit(_child(one, "name")) for one in found])
    return tuple(_criterion(one, id_) for one, id_ in zip(found, ids, strict=True))


def _criterion(element: XmlElement, id_: str) -> Criterion:
    comment = element.get("feedback") or ""
    options = [child for child in element if tag_of(child) == "option"]
    ids = unique([fit(_child(option, "name")) for option in options])
    return Criterion(
        id=id_,
        label=_child(element, "label") or _child(element, "name"),
        prompt=_child(element, "prompt"),
        levels=tuple(_level(option, level) for option, level in zip(options, ids, strict=True)),
        comment=Need(comment) if comment in {"optional", "required"} else Need.NONE,
    )


def _level(option: XmlElement, id_: str) -> Level:
    return Level(
        id=id_,
        label=_child(option, "label") or _child(option, "name"),
        points=number(option.get("points")) or 0.0,
        explanation=_child(option, "explanation"),
    )


def _child(element: XmlElement, name: str) -> str:
    child = element.find(name)
    return "".join(map(str, child.itertext())).strip() if child is not None else ""


def examples(steps: Iterable[XmlElement]) -> tuple[Example, ...]:
    """Works with the levels that the instructor chose for them."""
    return tuple(_examples(steps))


def _examples(steps: Iterable[XmlElement]) -> Iterator[Example]:
    for step in steps:
        for example in step.iter("example"):
            chosen = [(fit(one.get("criterion") or ""), fit(one.get("option") or "")) for one in example.iter("select")]
            yield Example(answers=_answers(example), levels=tuple(chosen))


def _answers(example: XmlElement) -> tuple[str, ...]:
    answer = example.find("answer")
    if answer is None:
        return ()
    parts = [child for child in answer if tag_of(child) == "part"] or [answer]
    return tuple("".join(map(str, part.itertext())).strip() for part in parts)
