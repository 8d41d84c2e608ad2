"""Taking a problem apart: scripts, hints, solutions and responses, each once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as XmlElement

from stoa.coursedoc.formats.olx.markup import inner_html
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.xml import copy_of, tag_of

GONE = {"startouttext", "endouttext", "script", "demandhint", "style", "link"}
EXPLANATION = re.compile(
    r"(?is)^\s*<p>\s*(?:<(?:b|strong)>)?\s*(?:Explanation|Solution):?\s*(?:</(?:b|strong)>)?\s*</p>"
)
INPUTS = {
    "choicegroup", "checkboxgroup", "radiogroup", "optioninput", "textline", "formulaequationinput", "textbox",
    "jsinput", "schematic", "imageinput", "drag_and_drop_input", "annotationinput", "chemicalequationinput",
    "vsepr_input", "designprotein2dinput", "editageneinput", "editamoleculeinput", "crystallography",
    "filesubmission", "javascriptinput", "choicetextgroup", "matlabinput", "numericalinput", "input",
}  # fmt: skip  # a table, read by its rows


@dataclass(kw_only=True)
class Pieces:
    """A problem's parts, cut from a copy of it."""

    body: XmlElement
    """What is left: words, responses."""
    python: list[str]
    other_scripts: bool
    styled: bool
    hints: list[str]
    responses: list[XmlElement]
    solution: str = ""


def take_apart(node: Node) -> Pieces:
    """The problem cut into its pieces; the source stays as it is."""
    body = copy_of(node.body)
    python, other = _scripts(body)
    styled = any(tag_of(element) in {"style", "link"} for element in body.iter())
    held = [hint for holder in body.iter("demandhint") for hint in holder if tag_of(hint) == "hint"]
    hints = [inner_html(hint).strip() for hint in held]
    for element in list(body.iter()):
        if tag_of(element) in GONE:
            remove(element)
        elif tag_of(element) in {"text", "section"} and element is not body and not _within(element, "hintpart"):
            unwrap(element)
    responses = list(_responses(body))
    pieces = Pieces(body=body, python=python, other_scripts=other, styled=styled, hints=hints, responses=responses)
    pieces.solution = _outer_solution(pieces)
    return pieces


def _scripts(body: XmlElement) -> tuple[list[str], bool]:
    """Python scripts, and whether there are others; Python is the default."""
    python, other = [], False
    for script in body.iter("script"):
        if "python" in (script.get("type") or "python"):
            python.append("".join(map(str, script.itertext())))
        else:
            other = True
    return python, other


def _responses(body: XmlElement) -> Iterator[XmlElement]:
    for element in body.iter():
        if is_response(element) and not any(is_response(above) for above in element.iterancestors()):
            yield element


def is_response(element: XmlElement) -> bool:
    """Whether an element asks for an answer."""
    return tag_of(element).endswith("response")


def inputs_of(response: XmlElement) -> list[XmlElement]:
    """The fields of a response, in order."""
    return [element for element in response.iter() if tag_of(element) in INPUTS]


def _outer_solution(pieces: Pieces) -> str:
    """The solution of the whole problem, cut out of it."""
    found = [
        element
        for element in pieces.body.iter("solution", "solutionset")
        if not any(is_response(above) for above in element.iterancestors()) and not _within(element, "solutionset")
    ]
    told = "".join(solution_html(element) for element in found)
    for element in found:
        remove(element)
    return told


def take_solution(response: XmlElement) -> str:
    """The solution inside a response, cut out of it."""
    found = [element for element in response.iter("solution", "solutionset") if not _within(element, "solutionset")]
    told = "".join(solution_html(element) for element in found)
    for element in found:
        remove(element)
    return told


def solution_html(element: XmlElement) -> str:
    """A solution's words, without the heading and frame that every editor puts around them."""
    while len(element) == 1 and tag_of(element[0]) == "div" and not _own_text(element):
        element = element[0]
    return EXPLANATION.sub("", inner_html(element)).strip()


def _own_text(element: XmlElement) -> bool:
    return bool((element.text or "").strip() or any((child.tail or "").strip() for child in element))


def _within(element: XmlElement, tag: str) -> bool:
    return any(tag_of(above) == tag for above in element.iterancestors())


def remove(element: XmlElement) -> None:
    """Take an element away, and leave the text behind it."""
    replace(element, "")


def replace(element: XmlElement, words: str) -> None:
    """Put words in an element's place."""
    parent = element.getparent()
    if parent is None:
        return
    words += element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(element)


def unwrap(element: XmlElement) -> None:
    """Take an element away, and leave what was in it."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    children = list(element)
    tail = element.tail or ""
    element.tail = None
    replace_text, element.text = element.text or "", None
    for offset, child in enumerate(children):
        parent.insert(place + offset, child)
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
        _add_before(parent, children[0], replace_text)
        parent.remove(element)
    else:
        element.tail = replace_text + tail
        remove(element)


def _add_before(parent: XmlElement, child: XmlElement, words: str) -> None:
    previous = child.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
