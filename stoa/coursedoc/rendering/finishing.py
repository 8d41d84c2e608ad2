"""The last touches: headings in order below the page's own, attributes spelled right, right-to-left words."""

import re
from collections.abc import Callable, Mapping

from stoa.coursedoc.rendering.trees import Node, names

CLASSES = frozenset({"c", "end", "footnotes", "k", "middle", "n", "s", "scroll-x"})
"""Classes that Stoa's sheet knows; an author's own would mean something else here."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DEEPEST = 6
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIRECTED = _HEADINGS | {"blockquote", "caption", "dd", "dt", "figcaption", "li", "p", "summary", "td", "th"}
_LANGUAGE = re.compile(r"([a-z]{2})(?:-(?:[a-z]{4}|[a-z]{2}))?\Z")
_WHOLE = re.compile(r"-?[0-9]{1,6}\Z")
# ISO 639-1.
_LANGUAGES = names(
    "aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
    "za zh zu"
)


def finish(root: Node, top: int) -> None:
    """Finish the tree; its first heading is of level `top`."""
    _order_headings(root, top)
    directed = bool(_RIGHT_TO_LEFT.search(root.words()))
    for node in root.walk():
        _spell(node)
        if directed and node.tag in _DIRECTED:
            node.attributes.setdefault("dir", "auto")


def _order_headings(root: Node, top: int) -> None:
    """No level is skipped on the way down, whatever the source does."""
    above: list[int] = []
    for heading in list(root.walk()):
        if heading.tag == "th":
            _plain_headings(heading)
        if heading.tag not in _HEADINGS:
            continue
        level = int(heading.tag[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        heading.tag = f"h{min(top + len(above) - 1, _DEEPEST)}"


def _plain_headings(cell: Node) -> None:
    for inner in cell.walk():
        if inner.tag in _HEADINGS:
            inner.tag = "p"


def _spell(node: Node) -> None:
    for name in list(node.attributes):
        if name in _SPELLED and (value := _SPELLED[name](node, node.attributes.pop(name))):
            node.attributes[name] = value
    if node.tag == "bdo" and "dir" not in node.attributes:
        node.tag = "bdi"
    if node.tag != "ol":
        for child in node.elements():
            child.attributes.pop("value", None)


def _classes(_node: Node, value: str) -> str:
    return " ".join(name for name in value.split() if name in CLASSES)


def _language(_node: Node, value: str) -> str:
    match = _LANGUAGE.match(value.strip().replace("_", "-").lower())
    return match[1] if match and match[1] in _LANGUAGES else ""


def _direction(_node: Node, value: str) -> str:
    value = value.strip().lower()
    return value if value in {"ltr", "rtl", "auto"} else ""


def _number(_node: Node, value: str) -> str:
    return str(int(value)) if _WHOLE.match(value) else ""


def _numbering(_node: Node, value: str) -> str:
    return value if value in {"1", "a", "A", "i", "I"} else ""


_SPELLED: Mapping[str, Callable[[Node, str], str]] = {
    "class": _classes,
    "dir": _direction,
    "lang": _language,
    "start": _number,
    "type": _numbering,
    "value": _number,
}
