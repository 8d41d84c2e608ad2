"""Where a problem's fields stand: one below the other, or inside a text or a table."""

from collections.abc import Iterator

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.markup import inner_html, outer_html, plain_words
from stoa.coursedoc.formats.olx.problems.pieces import (
    Pieces,
    inputs_of,
    is_response,
    remove,
    replace,
    unwrap,
)
from stoa.coursedoc.formats.olx.xml import tag_of

TABLES = {"td", "th", "li", "dd", "dt", "tr", "table", "ul", "ol", "dl"}
INLINE = {"p", "span", "b", "i", "em", "strong", "font", "sub", "sup", "h1", "h2", "h3", "h4", "h5", "h6", "label"}
BLOCK_FIELDS = {"choicegroup", "checkboxgroup", "radiogroup"}
NOT_WORDS = {
    "label", "description", "responseparam", "additional_answer", "correcthint", "stringequalhint", "hintgroup",
    "answer", "solution", "solutionset", "targetedfeedbackset", "targetedfeedback", "numerichint", "compoundhint",
}  # fmt: skip  # a table, read by its rows


def stands_inside(pieces: Pieces) -> bool:
    """Whether fields stand inside a text or table, so that their place says something."""
    return any(_is_inside(response) for response in pieces.responses)


def _is_inside(response: XmlElement) -> bool:
    fields = inputs_of(response)
    if len(fields) > 1:
        return True
    start = fields[0] if fields else response
    above = [element for element in start.iterancestors() if element is not response]
    if any(tag_of(element) in TABLES for element in above):
        return True
    if tag_of(start) in BLOCK_FIELDS:
        return False
    return any(tag_of(element) in INLINE and _has_words(element, start) for element in above) or _runs_on(response)


def _has_words(element: XmlElement, field: XmlElement) -> bool:
    """Whether words, or other fields, stand beside a field in an element."""
    others = sum(is_response(inner) for inner in element.iter())
    return others > 1 or bool(plain_words(_words_beside(element, field)))


def _words_beside(element: XmlElement, field: XmlElement) -> str:
    texts = [element.text or ""]
    for inner in element.iter():
        if inner is element:
            continue
        if inner is not field and tag_of(inner) not in NOT_WORDS and not _below_not_words(inner, element):
            texts.append(inner.text or "")
        texts.append(inner.tail or "")
    return " ".join(texts)


def _below_not_words(inner: XmlElement, top: XmlElement) -> bool:
    for above in inner.iterancestors():
        if above is top:
            return False
        if tag_of(above) in NOT_WORDS:
            return True
    return False


def _runs_on(response: XmlElement) -> bool:
    """Whether a sentence goes on behind a field that stands bare in a text."""
    fields = inputs_of(response)
    return bool(fields and (fields[0].tail or "").strip())


def slots(pieces: Pieces, ids: dict[XmlElement, str]) -> str:
    """The whole text with a slot where each field stood."""
    for response in pieces.responses:
        for element in [inner for inner in response.iter() if tag_of(inner) in NOT_WORDS - {"label", "description"}]:
            remove(element)
        for label in list(response.iter("label", "description")):
            remove(label)
        for field in inputs_of(response):
            replace(field, f"{{{{part {ids[field]}}}}}")
        if response is not pieces.body:
            unwrap(response)
    return inner_html(pieces.body).strip()


def stems(pieces: Pieces) -> Iterator[tuple[XmlElement | None, str]]:
    """Each response with the text before it, then None with the text behind the last one."""
    for response in pieces.responses:
        _lift(response, pieces.body)
        _adopt_label(response)
    text = _escaped(pieces.body.text)
    for child in list(pieces.body):
        if child not in pieces.responses:
            text += outer_html(child)
            continue
        yield child, (text + _own_words(child)).strip()
        text = _escaped(child.tail)
    yield None, text.strip()


def _escaped(words: str | None) -> str:
    return (words or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lift(response: XmlElement, body: XmlElement) -> None:
    """Bring a response to the top by taking away the frames around it."""
    while (above := response.getparent()) is not None and above is not body:
        unwrap(above)


def _adopt_label(response: XmlElement) -> None:
    """Take the label that stands right before a response into it, where it has none."""
    before = response.getprevious()
    if before is not None and tag_of(before) == "label" and response.find(".//label") is None:
        between, before.tail = before.tail or "", None
        response.insert(0, before)
        before.tail = response.text
        response.text = between


def _own_words(response: XmlElement) -> str:
    """The words in a response that are neither its field nor told elsewhere."""
    fields = inputs_of(response)
    words = _escaped(response.text)
    for child in response:
        if tag_of(child) in NOT_WORDS or child in fields:
            words += _escaped(child.tail)
        elif any(field in fields for field in child.iter()):
            words += _around_field(child, fields) + _escaped(child.tail)
        else:
            words += outer_html(child)
    return words


def _around_field(frame: XmlElement, fields: list[XmlElement]) -> str:
    """The words of a frame that holds the field."""
    return "".join(outer_html(child) for child in frame if not any(field in fields for field in child.iter()))
