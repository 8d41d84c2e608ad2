"""A small tree of HTML: read from what the sanitizer wrote, changed, written again."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

from stoa.coursedoc.rendering.characters import PLACE


def names(listed: str) -> frozenset[str]:
    """The names in a list parted by spaces."""
    return frozenset(listed.split())


VOID = frozenset({"br", "hr", "img", "wbr", "col", "source"})
# Nobody reads a page nested deeper; deeper elements leave their words to the ones above.
_DEEPEST = 60
_SEEN = frozenset({"audio", "hr", "iframe", "img"})
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>|([^<]+)")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


class Node:
    """An element: its tag, its attributes, the elements and words in it."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, str] | None = None, children: "list[Node | str] | None" = None
    ) -> None:
        self.tag = tag
        self.attributes: dict[str, str] = attributes or {}
        self.children: list[Node | str] = children or []

    def elements(self) -> "Iterator[Node]":
        """The elements right inside."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> "Iterator[Node]":
        """The element and every one inside it, from the outside in."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def words(self) -> str:
        """Every word inside, one after the other."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)

    def can_be_said(self) -> bool:
        """Whether a screen reader finds words in it; a formula alone has none."""
        return any(unicodedata.category(one)[0] not in "CZ" for one in PLACE.sub("", self.words()))

    def is_blank(self) -> bool:
        """Whether nothing in it can be seen: no words, no picture, no frame."""
        return all(not child.strip() if isinstance(child, str) else child.is_unseen() for child in self.children)

    def is_unseen(self) -> bool:
        """Whether neither it nor anything in it can be seen."""
        return self.tag not in _SEEN and self.is_blank()


def parse(written: str) -> Node:
    """The tree of what nh3 wrote: balanced tags, double quotes, characters escaped."""
    root = inside = Node("div")
    # None stands for an element too deep to keep.
    stack: list[Node | None] = [root]
    position = 0
    while match := _TOKEN.match(written, position):
        position = match.end()
        closing, tag, attributes, words = match.groups()
        if words:
            inside.children.append(html.unescape(words))
        elif closing:
            stack.pop()
            inside = next(node for node in reversed(stack) if node)
        elif tag not in VOID:
            node = _opened(tag, attributes, inside) if len(stack) < _DEEPEST else None
            stack.append(node)
            inside = node or inside
            position = written.index("</iframe>", position) if tag == "iframe" else position
        else:
            _opened(tag, attributes, inside)
    return root


def _opened(tag: str, attributes: str, inside: Node) -> Node:
    node = Node(tag, {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)})
    inside.children.append(node)
    return node


def write(root: Node, words: Callable[[str], str]) -> str:
    """The HTML inside the root; `words` turns text into HTML."""
    out: list[str] = []
    _write(root, words, out)
    return "".join(out)


def _write(parent: Node, words: Callable[[str], str], out: list[str]) -> None:
    for child in parent.children:
        if isinstance(child, str):
            out.append(words(child))
            continue
        out.append(f"<{child.tag}{''.join(_attribute(*one) for one in child.attributes.items())}>")
        if child.tag not in VOID:
            _write(child, words, out)
            out.append(f"</{child.tag}>")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{html.escape(value)}"'
