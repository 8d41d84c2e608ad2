"""One field of a problem, with what stands around it."""

from dataclasses import dataclass, field
from typing import TypedDict

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.markup import inner_html
from stoa.coursedoc.formats.olx.problems.pieces import remove
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.xml import copy_of, tag_of
from stoa.coursedoc.model import Text


class PartHead(TypedDict):
    """What every part of a quiz begins with."""

    id: str
    stem: Text
    label: Text
    description: Text
    points: float
    solution: Text


@dataclass(kw_only=True)
class Asked:
    """A field, its response, and the words of its question."""

    id: str
    response: XmlElement
    input: XmlElement
    node: Node
    desk: Desk
    stem: Text = field(default_factory=Text)
    label: Text = field(default_factory=Text)
    description: Text = field(default_factory=Text)
    solution: Text = field(default_factory=Text)
    points: float = 1.0
    losses: list[str] = field(default_factory=list)

    @property
    def head(self) -> PartHead:
        """What the part begins with."""
        return PartHead(
            id=self.id,
            stem=self.stem,
            label=self.label,
            description=self.description,
            points=self.points,
            solution=self.solution,
        )

    def text(self, html: str) -> Text:
        """An author's HTML."""
        return self.desk.text(html.strip(), self.node) if html.strip() else Text()

    def report(self, problem: str, remedy: str = "") -> None:
        """Note a fault of this question."""
        self.desk.report(self.node, f"Question {self.id.removeprefix('p')}: {problem}", remedy)


class NotScorable(Exception):
    """This question can't be scored without what the source had and Stoa has not."""


def without(element: XmlElement, *tags: str) -> str:
    """What stands in an element, without these tags."""
    copy = copy_of(element)
    for gone in [inner for inner in copy.iter() if tag_of(inner) in tags and inner is not copy]:
        remove(gone)
    return inner_html(copy)


def hint_in(element: XmlElement, tag: str = "correcthint") -> str:
    """The words of a hint that stands directly in an element, its label before them."""
    for child in element:
        if tag_of(child) == tag:
            return hint_html(child)
    return ""


def hint_html(hint: XmlElement) -> str:
    """A hint's words, with the label that its author gave it."""
    label = (hint.get("label") or "").strip()
    return f"<strong>{label}:</strong> {inner_html(hint)}".strip() if label else inner_html(hint).strip()
