"""Readings: pages of HTML, and texts with notes in them."""

import html
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.desk import Desk, own_title
from stoa.coursedoc.formats.olx.markup import inner_html
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.xml import copy_of, tag_of
from stoa.coursedoc.model import Reading
from stoa.coursedoc.model.texts import Markup, Text


def reading(node: Node, desk: Desk) -> Reading:
    """A page of HTML."""
    body, missing = _body(node, desk)
    page = desk.written(body, node)
    desk.mapped(node, missing, page.loss)
    head = desk.head(node, "editor")
    head["title"] = own_title(node)
    return Reading(**head, text=page.text)


def _body(node: Node, desk: Desk) -> tuple[str, str]:
    """The page's HTML, and what is to say where it has none."""
    name = node.attributes.get("filename", "")
    here = inner_html(node.body)
    if not name or here.strip():
        return here, ""
    folder = "drafts/" if node.place.startswith("drafts/") else ""
    path = name.replace(":", "/").removesuffix(".html")
    for place in (f"{folder}html/{path}.html", f"{folder}{path}.html", f"{folder}html/{path}.xml"):
        if place in desk.source and place != node.place:
            return desk.source.text_of(place), ""
    desk.report(node, f"Its text html/{path}.html is not there.", "Put the file, or remove the page.")
    return "", "its text is not in the source"


def annotated(node: Node, desk: Desk) -> Reading:
    """A text with remarks on words of it, which become footnotes."""
    body = copy_of(node.body)
    notes = list(_notes(body))
    listed = "".join(f"<li>{note}</li>" for note in notes)
    source = inner_html(body) + (f"<hr><ol>{listed}</ol>" if listed else "")
    page = desk.written(source, node)
    desk.mapped(node, "its remarks became footnotes" if notes else "", page.loss)
    return Reading(**desk.head(node), text=page.text)


def _notes(body: XmlElement) -> Iterator[str]:
    """Footnotes in order, each mark put behind its words."""
    for number, remark in enumerate(body.iter("annotation"), start=1):
        mark = etree.SubElement(remark, "sup")
        mark.text = str(number)
        title, words = remark.get("title") or "", remark.get("body") or ""
        remark.attrib.clear()
        remark.tag = "em"
        head = f"<strong>{html.escape(title)}</strong>: " if title else ""
        yield f"{head}{words}"


def without_question(node: Node, desk: Desk) -> Reading:
    """A problem that asks nothing is a text to read."""
    body = copy_of(node.body)
    for gone in [element for element in body.iter() if tag_of(element) in {"script", "demandhint"}]:
        parent = gone.getparent()
        if parent is not None:
            parent.remove(gone)
    desk.mapped(node)
    source = inner_html(body).strip()
    text = desk.text(source, node) if source else Text(markup=Markup.HTML)
    return Reading(**desk.head(node), text=text)
