"""The desk at which a course is imported: its links and files, and the report that grows."""

from dataclasses import dataclass, field
from typing import TypedDict

from stoa.coursedoc.formats.olx.assets import Assets
from stoa.coursedoc.formats.olx.links import Links
from stoa.coursedoc.formats.olx.markup import Written, text, words, written
from stoa.coursedoc.formats.olx.policy import INHERITED_MARK, setting
from stoa.coursedoc.formats.olx.secrets_found import holds_secret, without_secrets
from stoa.coursedoc.formats.olx.source import Source
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import as_json, flag, mapping, plain
from stoa.coursedoc.imported import Element, Fate
from stoa.coursedoc.model import Text
from stoa.coursedoc.model.texts import Kept

NAMED_BY_STUDIO = frozenset({
    "unit", "subsection", "section", "text", "html", "raw html", "iframe", "iframe tool", "zooming image tool",
    "full screen image tool", "blank html page", "anonymous user id",
})  # fmt: skip  # a table, read by its rows
"""Names that Studio gives to new elements; nobody meant them."""
ANSWERED = frozenset({"problem", "poll", "poll_question", "survey", "word_cloud"})
NEVER_KEPT = {
    "url_name", "slug", "display_name", "xblock-family", "filename", "parent_url", "index_in_children_list",
    "parent_sequential_url", "attempts", "student_answers", "correct_map", "done", "seed", "input_state",
}  # fmt: skip  # a table, read by its rows


class ItemHead(TypedDict):
    """What every item begins with."""

    id: str
    title: str
    hidden: bool
    kept: tuple[Kept, ...]


@dataclass(kw_only=True)
class Desk:
    """What every mapping needs at hand."""

    source: Source
    assets: Assets
    links: Links
    language: str = "en"
    groups: dict[str, list[str]] = field(default_factory=dict)
    """Partition of learners to its groups, in the author's order."""
    elements: list[Element] = field(default_factory=list)

    def tell(self, node: Node, fate: Fate, loss: str = "") -> None:
        """Say what became of an element."""
        tag = f"{node.tag} ({node.origin})" if node.origin else node.tag
        self.elements.append(Element(tag=tag, id=node.id, fate=fate, place=node.place, loss=loss))

    def mapped(self, node: Node, *losses: str) -> None:
        """An element has its place, whole or with these losses."""
        lost = "; ".join(loss for loss in (*losses, node.fault, _for_groups(node)) if loss)
        self.tell(node, Fate.PARTLY if lost else Fate.MAPPED, lost)

    def can_be_answered(self, id_: str) -> bool:
        """Whether an element that came before has become something that learners answer."""
        told = next((element for element in reversed(self.elements) if element.id == id_), None)
        return told is not None and told.tag in ANSWERED and told.fate in {Fate.MAPPED, Fate.PARTLY}

    def report(self, node: Node, problem: str, remedy: str = "") -> None:
        """Note something that the course's author should look at."""
        self.source.report(node.place, f"{_named(node)}: {problem}", remedy)

    def written(self, html: str, node: Node) -> Written:
        """An author's HTML, with what is lost of it."""
        return written(html, self.links, node.place)

    def text(self, html: str, node: Node) -> Text:
        """An author's HTML."""
        return text(html, self.links, node.place)

    def words(self, raw: str | None) -> Text:
        """Words without markup."""
        return words(raw or "")

    def head(self, node: Node, *used: str, title: str = "") -> ItemHead:
        """What the item begins with; `used` are settings that it has a place for, `title` is for one without."""
        kept = self.kept(node, *used)
        return ItemHead(id=node.id, title=title_of(node, title), hidden=is_hidden(node), kept=kept)

    def kept(self, node: Node, *used: str) -> tuple[Kept, ...]:
        """The settings that Stoa has no place for, without credentials."""
        told = []
        for name, value in sorted(node.attributes.items()):
            if name in NEVER_KEPT or name in used or name.startswith(INHERITED_MARK) or not plain(value):
                continue
            if holds_secret(name, value):
                self.credential_found(node, name)
            else:
                told.append(Kept(name=name, value=self._without_secrets(node, name, value)))
        return tuple(told)

    def _without_secrets(self, node: Node, name: str, value: str) -> str:
        cleaned = without_secrets(value)
        if cleaned != value:
            self.credential_found(node, name)
        return cleaned

    def credential_found(self, node: Node, name: str) -> None:
        """Say that a credential was left out, never which."""
        self.report(node, f"A credential was found in “{name}” and left out.", "Enter it again on this site.")


def _for_groups(node: Node) -> str:
    """What is lost where an element was for some groups only."""
    groups = mapping(as_json(node.attributes.get("group_access", "")))
    return "it was for some groups of learners, here all see it" if any(groups.values()) else ""


def _named(node: Node) -> str:
    return title_of(node) or f"{node.tag} {node.name}"


def title_of(node: Node, otherwise: str = "") -> str:
    """What people call the element."""
    return " ".join(plain(node.attributes.get("display_name")).split()) or otherwise


def own_title(node: Node) -> str:
    """What its author calls the element; empty where Studio named it."""
    told = title_of(node)
    return "" if told.casefold() in NAMED_BY_STUDIO else told


def is_hidden(node: Node) -> bool:
    """Whether only staff see it."""
    return flag(setting(node, "visible_to_staff_only")) is True
