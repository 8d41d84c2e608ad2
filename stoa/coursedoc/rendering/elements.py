"""Each element in the form that a page of today holds: links, pictures, frames, code, obsolete tags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from stoa.coursedoc.rendering import addresses
from stoa.coursedoc.rendering.highlighting import highlighted
from stoa.coursedoc.rendering.trees import Node, names

Pieces = list[Node | str]
Links = Callable[[str], str | None]

_TODAY = {
    "acronym": "abbr",
    "address": "div",
    "article": "div",
    "aside": "div",
    "dfn": "em",
    "dir": "ul",
    "fieldset": "div",
    "footer": "div",
    "form": "div",
    "header": "div",
    "hgroup": "div",
    "legend": "p",
    "main": "div",
    "menu": "ul",
    "nav": "div",
    "section": "div",
    "strike": "s",
    "tt": "code",
    # Underlined words look like links.
    "u": "em",
}
_ICON_FONTS = ("material-icons", "material-symbols")
_DRAWN_ICONS = {"check": "✓", "done": "✓", "close": "✗", "clear": "✗"}
_IN_CODE = names("a b code del em i ins kbd mark s small span strong sub sup var")
_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation"


@dataclass
class Page:
    """What the elements of one text need to know of the page they will stand on."""

    links: Links
    prefix: str
    frames: frozenset[str] = frozenset()
    """Hosts whose pages may be shown in a frame."""
    anchors: dict[str, str] = field(default_factory=dict)
    """Ids of the source that links point to, and what they are called on the page."""
    titles: set[str] = field(default_factory=set)

    def find_anchors(self, root: Node) -> None:
        """Name the ids that links inside the text point to; the others are of no use."""
        wanted = {unquote(node.attributes.get("href", "")).removeprefix("#") for node in root.walk() if node.tag == "a"}
        for node in root.walk():
            name = node.attributes.pop("id", "") or (node.tag == "a" and node.attributes.pop("name", "")) or ""
            if name and name in wanted and name not in self.anchors:
                self.anchors[name] = node.attributes["id"] = f"{self.prefix}{len(self.anchors) + 1}"

    def title(self, wanted: str) -> str:
        """A title for a frame that no other frame of the text has."""
        title, n = wanted, 1
        while title in self.titles:
            n += 1
            title = f"{wanted} {n}"
        self.titles.add(title)
        return title


def adapt(node: Node, page: Page) -> None:
    """Bring everything inside the node into today's form."""
    adapted: Pieces = []
    for child in node.children:
        if isinstance(child, str):
            adapted.append(child)
        elif _is_icon(child):
            adapted.append(_DRAWN_ICONS.get(child.words().strip(), ""))
        else:
            adapt(child, page)
            child.tag = _TODAY.get(child.tag, child.tag)
            adapted += _HOW.get(child.tag, _as_it_is)(child, page)
    node.children = adapted


def _is_icon(node: Node) -> bool:
    """Whether a font would have drawn a picture in place of the word, which is only the picture's name."""
    return node.tag in {"i", "span"} and node.attributes.get("class", "").startswith(_ICON_FONTS)


def _as_it_is(node: Node, _page: Page) -> Pieces:
    return [node]


def _centred(node: Node, _page: Page) -> Pieces:
    return [Node("div", node.attributes | {"class": "middle"}, node.children)]


def _link(node: Node, page: Page) -> Pieces:
    href = node.attributes.pop("href", "").strip()
    address = page.anchors.get(unquote(href[1:])) if href.startswith("#") else _address(href, page)
    if not address:
        return (
            [Node("span", {"id": node.attributes["id"]}), *node.children] if "id" in node.attributes else node.children
        )
    node.attributes["href"] = f"#{address}" if href.startswith("#") else address
    if addresses.is_outside(address):
        node.attributes["rel"] = "noopener"
    _let_out_links(node)
    return [node]


def _let_out_links(node: Node) -> None:
    """A link holds no other one: of a picture elsewhere its words remain."""
    kept: Pieces = []
    for child in node.children:
        if isinstance(child, Node):
            _let_out_links(child)
            kept += child.children if child.tag == "a" and "href" in child.attributes else [child]
        else:
            kept.append(child)
    node.children = kept


def _address(href: str, page: Page) -> str | None:
    found = _led(href, page)
    return addresses.tidy(found) if found else None


def _led(address: str, page: Page) -> str | None:
    """Where the address leads, spelled as it is or, as Markdown does it, with its spaces written `%20`."""
    return (page.links(address) or page.links(unquote(address))) if address else None


def _picture(node: Node, page: Page) -> Pieces:
    alt = " ".join(node.attributes.get("alt", "").split())
    source = node.attributes.get("src", "").strip()
    found = source if source.startswith("data:") else _led(source, page)
    address = addresses.picture(found) if found else None
    if not address:
        return [alt]
    if addresses.is_outside(address):
        # No page of ours makes the reader's browser call another site; the picture is one click away.
        return [_pointer(address, alt or _file_name(address))]
    sizes = {name: node.attributes.get(name, "").strip().removesuffix("px") for name in ("width", "height")}
    node.attributes = (
        {"src": address, "alt": alt}
        | {name: str(int(size)) for name, size in sizes.items() if _is_whole(size) and int(size) > 0}
        | {"loading": "lazy", "decoding": "async"}
    )
    return [node]


def _is_whole(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 5  # noqa: PLR2004 -- no picture is 10,000 wide


def _frame(node: Node, page: Page) -> Pieces:
    address = _address(node.attributes.get("src", "").strip(), page)
    if not address:
        return []
    host = urlsplit(address).hostname or ""
    title = " ".join(node.attributes.get("title", "").split()) or host or _file_name(address)
    if host not in page.frames or not address.startswith("https:"):
        return [_pointer(address, title)]
    shown = {"src": address, "title": page.title(title), "loading": "lazy", "sandbox": _SANDBOX, "allowfullscreen": ""}
    return [Node("iframe", shown)]


def _film(node: Node, page: Page) -> Pieces:
    """A link to the file: a film in a reading has no captions that we know of."""
    address = _address(_source(node), page)
    return [_pointer(address, _file_name(address))] if address else []


def _sound(node: Node, page: Page) -> Pieces:
    address = _address(_source(node), page)
    return [Node("audio", {"controls": "", "preload": "none", "src": address})] if address else []


def _source(node: Node) -> str:
    own = node.attributes.get("src") or node.attributes.get("data") or ""
    inner = (child.attributes.get("src", "") for child in node.walk() if child.tag == "source")
    return (own or next(inner, "")).strip()


def _pointer(address: str, words: str) -> Node:
    outside = {"rel": "noopener"} if addresses.is_outside(address) else {}
    return Node("a", {"href": address} | outside, [words])


def _file_name(address: str) -> str:
    path = unquote(urlsplit(address).path)
    return path.rstrip("/").rsplit("/", 1)[-1] or urlsplit(address).hostname or address


def _code(node: Node, _page: Page) -> Pieces:
    for child in node.walk():
        child.children = ["\n" if isinstance(one, Node) and one.tag == "br" else one for one in child.children]
    inner = next((child for child in node.elements() if child.tag == "code"), node)
    language = _language(inner.attributes.get("class", "") or node.attributes.get("class", ""))
    words = node.words()
    if not words.strip():
        return []
    children = highlighted(words.rstrip("\n") + "\n", language) if language else inner.children
    if (inner is not node and len(node.children) > 1) or any(
        one.tag not in _IN_CODE for one in inner.walk() if one is not inner
    ):
        children = [words]
    return [Node("pre", {"dir": "ltr", "tabindex": "0"}, [Node("code", {}, children)])]


def _language(classes: str) -> str:
    """`language-python`, `lang-python`, `brush: python` or `python` say python."""
    names = [name.strip(":;").removeprefix("language-").removeprefix("lang-") for name in classes.split()]
    return next((name for name in names if name not in {"", "brush", "highlight", "code", "sourceCode"}), "")


def _span_or_words(node: Node, _page: Page) -> Pieces:
    return [node] if {"lang", "dir", "id", "class"} & node.attributes.keys() else node.children


def _abbreviation(node: Node, _page: Page) -> Pieces:
    title = " ".join(node.attributes.pop("title", "").split())
    if title:
        node.attributes["title"] = title
    return [node]


_HOW: Mapping[str, Callable[[Node, Page], Pieces]] = {
    "a": _link,
    "abbr": _abbreviation,
    "audio": _sound,
    "center": _centred,
    "embed": _film,
    "iframe": _frame,
    "img": _picture,
    "object": _film,
    "pre": _code,
    "span": _span_or_words,
    "video": _film,
}
