"""Reading XML that nobody has checked."""

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as XmlElement

from stoa.coursedoc.encodings import decode

INTERNAL_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
TEMPLATE = re.compile(r"<%(?:page|namespace|inherit|include|def|block)\b")
"""Courses that are kept as templates of Mako."""
NAMESPACED = re.compile(r"^\{[^}]*\}")


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """What a file's XML gave. With a `fault` the root is what could be saved, if anything could."""

    root: XmlElement | None
    fault: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""


def parse(data: bytes) -> Parsed:
    """The XML, or what can be saved of it and what is wrong with it. Entities and outside files are never loaded."""
    text, notes = decode(data)
    plain = text.encode()
    if INTERNAL_SUBSET.search(plain) or ENTITY.search(plain):
        return Parsed(root=None, fault="It declares entities of its own, which is not safe to read.", source=text)
    fault = "It holds NUL characters." if "\0" in text else ""
    plain = plain.replace(b"\0", b"")
    try:
        root = etree.fromstring(plain, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        what = "a template that gives XML once it is filled in" if TEMPLATE.search(text) else "not well-formed XML"
        return Parsed(root=_saved(plain), fault=f"It is {what}: {error.msg}.", notes=notes, source=text)
    return Parsed(root=root, fault=fault, notes=notes, source=text)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _saved(plain: bytes) -> XmlElement | None:
    try:
        root: XmlElement | None = etree.fromstring(plain, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None
    return root


def tag_of(element: XmlElement) -> str:
    """An element's name without its namespace; empty for entities and the like."""
    tag: object = element.tag
    return NAMESPACED.sub("", tag) if isinstance(tag, str) else ""


def attributes_of(element: XmlElement) -> dict[str, str]:
    """The attributes as plain text."""
    return {NAMESPACED.sub("", str(name)): str(value) for name, value in element.attrib.items()}


def copy_of(element: XmlElement) -> XmlElement:
    """The element alone, to be changed: not by way of its XML, since what was saved of a broken file may not parse."""
    alone = deepcopy(element)
    alone.tail = None
    return alone


def source_of(element: XmlElement) -> str:
    """The element as XML, without what follows it."""
    return etree.tostring(element, encoding="unicode", with_tail=False)
