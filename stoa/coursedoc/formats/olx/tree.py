"""The course as a tree: pointers followed, names settled, faults kept beside what could be saved."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree
from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.source import Source
from stoa.coursedoc.formats.olx.tags import CONTAINERS, FILE_BACKED, is_block
from stoa.coursedoc.formats.olx.xml import Parsed, attributes_of, parse, source_of, tag_of
from stoa.coursedoc.imported import SourceRefused

NOT_IN_NAMES = re.compile(r"[^\w.%-]+")
NAMING = {"url_name", "slug", "org", "course", "library", "display_name"}
Way = tuple[str, ...]
"""Files on the way from the course to an element; empty where an element stands in another's file."""


class Origin(StrEnum):
    """Where in the source an element comes from."""

    PUBLISHED = ""
    DRAFT = "draft"
    UNLINKED = "unlinked"


@dataclass(kw_only=True)
class Node:
    """One element of the course."""

    tag: str
    name: str
    attributes: dict[str, str]
    body: XmlElement
    place: str
    children: list["Node"] = field(default_factory=list)
    fault: str = ""
    source: str = ""
    """The file's own text, where its XML is faulty."""
    id: str = ""
    origin: Origin = Origin.PUBLISHED
    copy: int = 1
    """2 for the second element of this tag and name, and so on."""
    bare: bool = False
    """All its settings are the defaults: it never had a file."""

    def walk(self) -> Iterator["Node"]:
        """This element and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def source_text(self) -> str:
        """The element as XML."""
        return self.source or source_of(self.body)


class Loader:
    """Reads elements with all that they point to."""

    def __init__(self, source: Source, *, folder: str = "", origin: Origin = Origin.PUBLISHED) -> None:
        self.source, self.folder, self.origin = source, folder, origin
        self.seen: Counter[tuple[str, str]] = Counter()
        self.files: set[str] = set()
        self.once = False
        """Whether an element that was read before is left out rather than copied."""
        self._count = 0
        self._copying = 0

    def root(self) -> Node:
        """The course or library."""
        parsed = self._parse(self.source.root)
        if parsed.root is None or parsed.fault:
            raise SourceRefused(parsed.fault, place=self.source.root, remedy="Correct the file, or export again.")
        _check_is_course(parsed.root, self.source.root)
        node = self.element(parsed.root, self.source.root)
        if node is None or node.fault:
            place = node.place if node else self.source.root
            problem = node.fault if node else "The course holds itself."
            raise SourceRefused(problem, place=place, remedy="Correct the file, or export again.")
        if node.bare:
            problem = f"It points to {node.tag}/{node.name}.xml, which is not there."
            self.source.report(self.source.root, problem, "Put the file, or export again.")
        return node

    def file(self, name: str) -> Node:
        """The element in a file, named by the file."""
        place = f"{self.folder}{name}"
        parsed = self._parse(place)
        tag, _, rest = name.partition("/")
        named = rest.removesuffix(".xml").replace("/", ":")
        if parsed.root is None:
            return self._faulty(tag, named, place, parsed)
        return self._node(parsed.root, place, path=(place,), name=named, parsed=parsed, tag=tag)

    def element(self, element: XmlElement, place: str, path: Way = ()) -> Node | None:
        """The element at hand, or what it points to."""
        attributes = attributes_of(element)
        tag, name = tag_of(element), self._name(element)
        target = self._target(element, tag, name, attributes)
        if target is None:
            return self._inline(element, place, path, name)
        if target in path:
            self.source.report(place, f"{tag} {name} holds itself; the second was left out.")
            return None
        if self.once and self.seen[tag, name]:
            return None
        parsed = self._parse(target)
        if parsed.root is None:
            return self._faulty(tag, name, target, parsed)
        for key, value in attributes.items():
            if "filename" in attributes or key not in parsed.root.attrib:
                parsed.root.set(key, value)
        return self._node(parsed.root, target, (*path, target), name=name, parsed=parsed, tag=tag)

    def _name(self, element: XmlElement) -> str:
        """The name an element has; else its title, as edX does, so that editing the inside changes no name.

        Only the first of a title, and no draft: a name that stands for another element would be worse than none.
        """
        return name_of(element) or self._title_as_name(element) or made_name(element)

    def _title_as_name(self, element: XmlElement) -> str:
        tag, title = tag_of(element), title_as_name(element)
        taken = f"{tag}/{title}.xml" in self.source or (self.seen[tag, title] and not self._copying)
        return "" if taken or self.origin is not Origin.PUBLISHED else title

    def _target(self, element: XmlElement, tag: str, name: str, attributes: dict[str, str]) -> str | None:
        """The file that an element points to; None where its body is here."""
        empty = not len(element) and not (element.text or "").strip()
        if empty and _only_names(tag, attributes):
            target = f"{self.folder}{tag}/{name.replace(':', '/')}.xml"
            return target if target in self.source else None
        if empty and "filename" in attributes and tag != "html":
            target = f"{self.folder}{tag}/{attributes['filename'].replace(':', '/')}.xml"
            return target if target in self.source else None
        return None

    def _inline(self, element: XmlElement, place: str, path: Way, name: str) -> Node:
        tag, attributes = tag_of(element), attributes_of(element)
        node = self._node(element, place, (*path, ""), name=name, parsed=Parsed(root=element))
        if not len(element) and not (element.text or "").strip() and _only_names(tag, attributes):
            node.bare = True
            if tag in FILE_BACKED and path:
                node.fault = f"Its file {tag}/{name}.xml is not there."
                self.source.report(place, f"{tag} {name} points to a file that is not there.", "Put it, or remove it.")
        return node

    def _node(
        self,
        element: XmlElement,
        place: str,
        path: Way,
        *,
        name: str,
        parsed: Parsed,
        tag: str = "",
    ) -> Node:
        tag = tag or tag_of(element)
        self._bound(path, place)
        self.files.add(place)
        node = Node(
            tag=tag, name=name, attributes=_in_todays_words(tag, attributes_of(element)), body=element, place=place
        )
        node.origin, node.copy = self.origin, self._claim(tag, name, place)
        if parsed.fault:
            node.fault, node.source = parsed.fault, parsed.source
            self.source.report(place, parsed.fault, "Correct the file.")
        for note in parsed.notes:
            self.source.report(place, note, "Save it as UTF-8.")
        if tag in CONTAINERS:
            self._descend(node, path)
        return node

    def _descend(self, node: Node, path: Way) -> None:
        copying = node.copy > 1
        self._copying += copying
        for child in node.body:
            if is_block(tag_of(child)):
                below = self.element(child, node.place, path)
                if below is not None:
                    node.children.append(below)
        self._copying -= copying

    def _claim(self, tag: str, name: str, place: str) -> int:
        self.seen[tag, name] += 1
        copy = self.seen[tag, name]
        if copy > 1 and not self._copying:
            problem = f"{tag} {name} stands in the course more than once; copy {copy} got a name of its own."
            self.source.report(place, problem, "Give each its own url_name.")
        return copy

    def _bound(self, path: Way, place: str) -> None:
        self._count += 1
        limits = self.source.limits
        if self._count > limits.elements:
            raise SourceRefused(f"The course has more than {limits.elements:,} elements.", place=place)
        if len(path) > limits.depth:
            raise SourceRefused(f"Elements are nested more than {limits.depth} deep.", place=place)

    def _parse(self, place: str) -> Parsed:
        self.files.add(place)
        return parse(self.source.bytes_of(place))

    def _faulty(self, tag: str, name: str, place: str, parsed: Parsed) -> Node:
        """A file of which nothing could be saved, as an element without content."""
        self.source.report(place, parsed.fault, "Correct the file.")
        return Node(
            tag=tag,
            name=name,
            attributes={},
            body=etree.Element("unreadable"),
            place=place,
            fault=parsed.fault,
            source=parsed.source,
            origin=self.origin,
            copy=self._claim(tag, name, place),
        )


def _check_is_course(root: XmlElement, place: str) -> None:
    """Other formats have a course.xml too: refuse what neither says that it is a course nor holds a part of one."""
    tag = tag_of(root)
    if tag not in {"course", "library"}:
        problem = f"It begins with <{tag[:40]}>; the course.xml of Open edX begins with <course>."
        raise SourceRefused(problem, place=place, remedy="Give the folder or archive that Studio's Export made.")
    if not NAMING & set(attributes_of(root)) and not any(tag_of(child) in CONTAINERS for child in root):
        problem = "It has no name, and nothing in it is a part of an Open edX course."
        raise SourceRefused(problem, place=place, remedy="Give the folder or archive that Studio's Export made.")


def _in_todays_words(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """The attributes; in courses of 2012 a title is called `name`."""
    if tag in FILE_BACKED and "name" in attributes and "display_name" not in attributes:
        return {"display_name" if name == "name" else name: value for name, value in attributes.items()}
    return attributes


def _only_names(tag: str, attributes: dict[str, str]) -> bool:
    names = {"url_name", "slug"}
    return bool(names & set(attributes)) and (tag == "course" or set(attributes) <= names)


def name_of(element: XmlElement) -> str:
    """The name that its author gave an element to tell it from others of its tag; empty where there is none."""
    attributes = attributes_of(element)
    return next((attributes[key] for key in ("url_name", "slug", "filename") if attributes.get(key)), "")


def title_as_name(element: XmlElement) -> str:
    """An element's title as edX makes a name of it."""
    attributes = attributes_of(element)
    title = attributes.get("name") or attributes.get("display_name") or ""
    return NOT_IN_NAMES.sub("_", title).strip("_")


def made_name(element: XmlElement) -> str:
    """A name made of an element's content."""
    digest = hashlib.sha1(source_of(element).encode(), usedforsecurity=False)
    return f"{tag_of(element)}_{digest.hexdigest()[:12]}"
