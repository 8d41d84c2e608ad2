"""Elements that Stoa can't show: kept whole, with what can be read of them."""

import html
import re

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.desk import Desk, is_hidden, title_of
from stoa.coursedoc.formats.olx.markup import inner_html
from stoa.coursedoc.formats.olx.problems.pieces import INPUTS, is_response, remove, replace
from stoa.coursedoc.formats.olx.secrets_found import holds_secret, is_secret, without_secrets
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import Json, as_json
from stoa.coursedoc.formats.olx.xml import copy_of, source_of, tag_of
from stoa.coursedoc.imported import Fate
from stoa.coursedoc.model import Raw, Text

NOT_READ = {
    "script", "style", "answer", "codeparam", "responseparam", "additional_answer", "demandhint", "correcthint",
    "choicehint", "compoundhint", "optionhint", "stringequalhint", "hintgroup", "unreadable",
}  # fmt: skip  # a table, read by its rows
LISTS = {"choicegroup": "ul", "checkboxgroup": "ul", "options": "ul", "choice": "li", "option": "li"}
BLANK = " ____ "
READ_KEYS = {"title", "label", "question_text", "questionText", "displayName", "start", "finish", "explanation", "text"}
FAULTY = "This part of the course could not be read. It was kept as it came, and its instructor has been told."
UNKNOWN = "This part of the course came from another platform and can't be shown here yet."
CODE = {"pre", "code", "tt", "samp", "kbd", "textarea"}
ESCAPED = re.compile(r"\s*<[a-zA-Z][^<>]*>")
HELD = "\ufdd0{}\ufdd1"
"""Stands where markup will stand; no text has these characters."""
SECRET_ATTRIBUTE = re.compile(r"""(?<![\w.:-])([\w.:-]{1,80})\s*=\s*("[^"]*"|'[^']*')""")


def raw(node: Node, desk: Desk, *, why: str, told: str = UNKNOWN) -> Raw:
    """The element as it came. `why` is for the report, `told` for the learner."""
    desk.tell(node, Fate.KEPT, why)
    return Raw(
        id=node.id,
        title=title_of(node),
        hidden=is_hidden(node),
        tag=node.tag,
        source=_source(node, desk),
        reason=told,
        readable=_readable(node, desk),
    )


def faulty(node: Node, desk: Desk) -> Raw:
    """An element whose file is missing or whose XML is broken."""
    return raw(node, desk, why=node.fault, told=FAULTY)


def unknown(node: Node, desk: Desk) -> Raw:
    """An element of a kind that Stoa does not know."""
    return raw(node, desk, why=f"Stoa does not know elements of the kind {node.tag}")


def _source(node: Node, desk: Desk) -> str:
    """The element's XML without credentials."""
    if node.source:
        plain = node.source.replace("\0", "")
        return SECRET_ATTRIBUTE.sub(lambda pair: f'{pair[1]}=""' if is_secret(pair[1]) else pair[0], plain)
    body = copy_of(node.body)
    for element in body.iter():
        for name, value in list(element.attrib.items()):
            shown, text = str(name), str(value)
            cleaned = without_secrets(text)
            if holds_secret(shown, text):
                del element.attrib[name]
            elif cleaned != text:
                element.set(shown, cleaned)
            else:
                continue
            desk.credential_found(node, shown)
    return source_of(body)


def _readable(node: Node, desk: Desk) -> Text:
    """The words of the element, its solution with them, without what only a machine reads."""
    if node.source:
        return Text()
    body = copy_of(node.body)
    for element in list(body.iter()):
        _make_readable(element)
    words = (inner_html(body) if node.tag == "problem" else _with_markup(body)).strip() + _words_of_data(node)
    return desk.text(words, node) if words else Text()


def _with_markup(body: XmlElement) -> str:
    """The HTML within, with that which an element holds as text; in code it stays text."""
    held: list[str] = []
    for element in body.iter():
        text = element.text or ""
        if ESCAPED.match(text) and not len(element) and tag_of(element) not in CODE:
            element.text = HELD.format(len(held))
            held.append(text)
    words = inner_html(body)
    for place, text in enumerate(held):
        words = words.replace(HELD.format(place), text)
    return words


def _make_readable(element: XmlElement) -> None:
    """Choices as a list, a blank where a field was, nothing where only a machine reads."""
    tag = tag_of(element)
    if tag in NOT_READ:
        remove(element)
    elif tag in LISTS:
        element.tag = LISTS[tag]
        element.attrib.clear()
    elif tag in INPUTS and not any(tag_of(inner) in LISTS for inner in element):
        replace(element, BLANK)
    elif tag in INPUTS or is_response(element):
        element.tag = "div"
        element.attrib.clear()


def _words_of_data(node: Node) -> str:
    """What people read in the JSON of a drag and drop or the like."""
    found: list[str] = []
    _collect(as_json(node.attributes.get("data", "")), found)
    question = node.attributes.get("question_text") or ""
    lines = [line for line in dict.fromkeys([question, *found]) if line.strip()]
    return "".join(f"<p>{line if '<' in line else html.escape(line, quote=False)}</p>" for line in lines)


def _collect(value: Json, found: list[str]) -> None:
    if isinstance(value, list):
        for inner in value:
            _collect(inner, found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in READ_KEYS and isinstance(inner, str):
                found.append(inner)
            else:
                _collect(inner, found)
