"""Every element where HTML lets it stand: no block in a line, no item outside a list, no link in a link."""

from collections.abc import Callable, Mapping

from stoa.coursedoc.rendering import tables
from stoa.coursedoc.rendering.trees import Node, names

Pieces = list[Node | str]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = names("abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup var")
_BLOCKS = _HEADINGS | names(
    "blockquote caption dd details div dl dt figcaption figure hr li ol p pre summary table tbody td tfoot th "
    "thead tr ul"
)
_HOMES = {
    "caption": {"table"},
    "dd": {"dl"},
    "dt": {"dl"},
    "figcaption": {"figure"},
    "li": {"ol", "ul"},
    "rp": {"ruby"},
    "rt": {"ruby"},
    "summary": {"details"},
    "tbody": {"table"},
    "td": {"tr"},
    "tfoot": {"table"},
    "th": {"tr"},
    "thead": {"table"},
    "tr": {"tbody", "tfoot", "thead"},
}
# Where each wants to be operated by itself, none may stand in a link.
_OPERATED = frozenset({"a", "audio", "details", "iframe", "pre"})
_KEPT_EMPTY = frozenset({"audio", "br", "hr", "iframe", "img", "td", "th", "wbr"})


def settle(node: Node, prefix: str) -> None:
    """Settle everything inside the node; `prefix` begins the ids that this makes."""
    _settle(node, prefix, [0])


def _settle(node: Node, prefix: str, made: list[int]) -> None:
    settled: Pieces = []
    for child in node.children:
        if isinstance(child, str):
            settled.append(child)
            continue
        _settle(child, prefix, made)
        settled += _placed(child, prefix, made)
    node.children = _at_home(node.tag, settled)


def _placed(node: Node, prefix: str, made: list[int]) -> Pieces:
    if node.tag == "table":
        made[0] += 1
        return tables.mended(node, f"{prefix}t{made[0]}")
    placed = _HOW[node.tag](node) if node.tag in _HOW else _in_line(node) if node.tag in _LINES else [node]
    return [one for one in placed if isinstance(one, str) or not _is_superfluous(one)]


def _is_superfluous(node: Node) -> bool:
    return node.tag not in _KEPT_EMPTY and "id" not in node.attributes and node.is_blank()


def _is_block(piece: Node | str) -> bool:
    return isinstance(piece, Node) and (
        piece.tag in _BLOCKS or (piece.tag == "a" and any(_is_block(child) for child in piece.children))
    )


def _has_block(node: Node) -> bool:
    return any(_is_block(child) for child in node.children)


def _in_line(node: Node) -> Pieces:
    return node.children if _has_block(node) else [node]


def _at_home(parent: str, children: Pieces) -> Pieces:
    """The children, made at home: loose items in a list, other loose parts as plain blocks."""
    home: Pieces = []
    for child in children:
        if isinstance(child, str) or parent in _HOMES.get(child.tag, {parent}):
            home.append(child)
        elif child.tag in {"rp", "rt"}:
            home += child.children
        elif child.tag == "li":
            home = _into_list(home, child)
        else:
            home.append(Node("div", {}, child.children))
    return home


def _into_list(before: Pieces, item: Node) -> Pieces:
    kept = list(before)
    while kept and isinstance(kept[-1], str) and not kept[-1].strip():
        kept.pop()
    if kept and isinstance(kept[-1], Node) and kept[-1].tag == "ul" and kept[-1].attributes.get("class") == "loose":
        kept[-1].children.append(item)
        return kept
    return [*before, Node("ul", {"class": "loose"}, [item])]


def _paragraph(node: Node) -> Pieces:
    if _has_block(node):
        node.tag = "div"
    return [node]


def _link(node: Node) -> Pieces:
    if any(
        inner.tag in _OPERATED or "tabindex" in inner.attributes for child in node.elements() for inner in child.walk()
    ):
        return node.children
    pictures = [inner for inner in node.walk() if inner.tag == "img"]
    if pictures and not node.can_be_said() and not any(one.attributes["alt"] for one in pictures):
        href = node.attributes["href"]
        pictures[0].attributes["alt"] = href.rstrip("/").rsplit("/", 1)[-1] or href
    return [node] if pictures or node.can_be_said() else node.children


def _heading(node: Node) -> Pieces:
    if any(
        _is_block(inner) and inner.tag not in {"p", "div", "a"} for child in node.elements() for inner in child.walk()
    ):
        node.tag = "div"
        return [node]
    node.children = _flat(node.children, " ")
    return [node] if node.can_be_said() else node.children


def _flat(children: Pieces, between: str) -> Pieces:
    """The children without blocks; what stood in them is set apart by `between`."""
    flat: Pieces = []
    for child in children:
        if isinstance(child, Node) and _is_block(child):
            flat += [between, *_flat(child.children, between), between]
        else:
            flat.append(child)
    return flat


def _list(node: Node) -> Pieces:
    items: list[Node] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            items.append(child)
        elif isinstance(child, Node) and items and child.tag in {"ol", "ul"}:
            items[-1].children.append(child)
        elif not isinstance(child, str) or child.strip():
            items.append(Node("li", {}, [child]))
    node.children = [*items]
    return [node]


def _definitions(node: Node) -> Pieces:
    parts = [child for child in node.children if not isinstance(child, str) or child.strip()]
    node.children = [_term_or_meaning(one) for one in parts]
    for term in node.elements():
        if term.tag == "dt":
            _without_headings(term)
    order = "".join(one.tag[1] for one in node.elements() if not one.is_blank())
    node.children = [one for one in node.elements() if not one.is_blank()]
    if order.startswith("t") and order.endswith("d"):
        return [node]
    for one in node.elements():
        one.tag = "div"
    node.tag = "div"
    return [node]


def _term_or_meaning(piece: Node | str) -> Node:
    return piece if isinstance(piece, Node) and piece.tag in {"dt", "dd"} else Node("dd", {}, [piece])


def unlink(node: Node) -> None:
    """Leave the words of the links inside, without their addresses."""
    for inner in node.walk():
        inner.children = [
            piece
            for child in inner.children
            for piece in (child.children if isinstance(child, Node) and child.tag == "a" else [child])
        ]


def _without_headings(node: Node) -> None:
    for inner in node.walk():
        if inner.tag in _HEADINGS:
            inner.tag = "p"


def _figure(node: Node) -> Pieces:
    captions = [child for child in node.elements() if child.tag == "figcaption"]
    for caption in captions[1:]:
        caption.tag = "div"
    if captions:
        node.children = [*(child for child in node.children if child is not captions[0]), captions[0]]
    return [node]


def _details(node: Node) -> Pieces:
    summaries = [child for child in node.elements() if child.tag == "summary"]
    for other in summaries[1:]:
        other.tag = "div"
    first = summaries[0] if summaries else Node("summary")
    first.children = _flat(first.children, " ")
    unlink(first)
    if not first.can_be_said():
        first.children.append("…")
    node.children = [first, *(child for child in node.children if child is not first)]
    return [node]


def _ruby(node: Node) -> Pieces:
    told = [child for child in node.children if not isinstance(child, str) or child.strip()]
    ends = [child.tag if isinstance(child, Node) else "" for child in (told[0], told[-1])] if told else []
    is_whole = bool(ends) and ends[0] not in {"rp", "rt"} and ends[1] in {"rp", "rt"} and not _has_block(node)
    return [node] if is_whole else node.children


_HOW: Mapping[str, Callable[[Node], Pieces]] = {
    "a": _link,
    "details": _details,
    "dl": _definitions,
    "figure": _figure,
    "ol": _list,
    "p": _paragraph,
    "ruby": _ruby,
    "ul": _list,
} | dict.fromkeys(_HEADINGS, _heading)
