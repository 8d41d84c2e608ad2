"""Authors' HTML: links rewritten, frames turned into links, formulas in one notation."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.etree import _Element as XmlElement
from lxml.etree import tostring

from stoa.coursedoc.formats.olx.links import Links
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Markup, Text

TAG = re.compile(r"""<[a-zA-Z][^\s/>"'<]*+(?:[^>"'<]|"[^"]*"|'[^']*')*+>""")
PAIR = re.compile(r"""(?P<before>(?P<name>[^\s=/>"'<]+)\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""")
ADDRESSES = {"href", "src", "poster", "data", "srcset", "longdesc", "background", "cite"}
HANDLER = re.compile(r"""(?i)[\s"'/]on[a-z]+\s*=""")
SCRIPT = re.compile(r"(?is)<script\b.*?(?:</script\s*>|$)")
STYLE = re.compile(r"(?is)<style\b.*?(?:</style\s*>|$)")
SHEET = re.compile(r"(?i)<link\b[^>]*>")
HEAD = re.compile(r"(?is)<head\b[^>]*>.*?</head\s*>|<title\b.*?</title\s*>|<!doctype[^>]*>|</?(?:html|body)\b[^>]*>")
FRAME = re.compile(r"(?is)<(iframe|object|embed|frame|applet)\b([^>]*)>(?:(.*?)</\1\s*>)?")
FORM = re.compile(r"(?i)<(form|input|select|textarea|button)\b")
MATHJAX_INLINE = re.compile(r"(?is)\[mathjaxinline\](.*?)\[/mathjaxinline\]")
MATHJAX_BLOCK = re.compile(r"(?is)\[mathjax\](.*?)\[/mathjax\]")
FORMULA = re.compile(r"(?s)\\\((?:(?!\\\)).)*?\\\)|\\\[(?:(?!\\\]).)*?\\\]")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text of the author, and what of it Stoa does not show as it was."""

    text: Text
    loss: str = ""


def written(source: str, links: Links, place: str) -> Written:
    """An author's HTML as a text of the document."""
    losses = [words for words, found in _losses(source).items() if found]
    source = _frames_as_links(STYLE.sub("", SCRIPT.sub("", HEAD.sub("", source))))
    source = _formulas(SHEET.sub("", source))
    source = rewrite(source, lambda address: links.address(address, place)).replace("\r\n", "\n").replace("\0", "")
    return Written(text=Text(source=source.strip(), markup=Markup.HTML), loss="; ".join(losses))


def text(source: str, links: Links, place: str) -> Text:
    """An author's HTML as a text, where losses are told elsewhere or can't be."""
    return written(source, links, place).text


def words(plain: str) -> Text:
    """Words without markup, as a text."""
    return Text(source=html.escape(plain.strip(), quote=False), markup=Markup.HTML)


def _losses(source: str) -> dict[str, bool]:
    tags = TAG.findall(source)
    return {
        "scripts dropped": bool(SCRIPT.search(source)) or any(HANDLER.search(_unquoted(tag)) for tag in tags),
        "styles of its own dropped": bool(STYLE.search(source) or SHEET.search(source)),
        "frames became links": bool(FRAME.search(source)),
        "form fields dropped": bool(FORM.search(source)),
    }


def _unquoted(tag: str) -> str:
    return re.sub(r"""=\s*("[^"]*"|'[^']*')""", "= ", tag)


def rewrite(source: str, change: Callable[[str], str]) -> str:
    """The HTML with every address in its tags changed."""
    return TAG.sub(lambda tag: PAIR.sub(lambda found: _changed(found, change), tag[0]), source)


def _changed(found: re.Match[str], change: Callable[[str], str]) -> str:
    if found["name"].lower() not in ADDRESSES:
        return found[0]
    quoted = found["value"]
    value = html.unescape(quoted[1:-1] if quoted[0] in "\"'" else quoted)
    if found["name"].lower() == "srcset":
        candidates = filter(None, (candidate.strip() for candidate in value.split(",")))
        new = ", ".join(_source_of_set(candidate, change) for candidate in candidates)
    else:
        new = change(value)
    return f'{found["before"]}"{html.escape(new)}"'


def _source_of_set(candidate: str, change: Callable[[str], str]) -> str:
    address, _, size = candidate.partition(" ")
    return f"{change(address)} {size}".strip()


def _frames_as_links(source: str) -> str:
    return FRAME.sub(_frame_as_link, source)


def _frame_as_link(found: re.Match[str]) -> str:
    pairs = [(pair["name"].lower(), html.unescape(pair["value"].strip("\"'"))) for pair in PAIR.finditer(found[2])]
    attributes = dict(reversed(pairs))
    address = (attributes.get("src") or attributes.get("data") or "").strip()
    address = f"https:{address}" if address.startswith("//") else address
    inner = (found[3] or "") if found[1].lower() == "object" else ""
    if not address or address.lower().startswith(("javascript:", "data:", "about:")):
        return inner
    title = attributes.get("title") or attributes.get("aria-label") or address
    return f'<p><a href="{html.escape(address)}">{html.escape(title)}</a></p>{inner}'


def _formulas(source: str) -> str:
    r"""Formulas between `\(` and `\)`, with a `<` in them that no parser takes for a tag."""
    source = MATHJAX_INLINE.sub(lambda found: f"\\({found[1]}\\)", source)
    source = MATHJAX_BLOCK.sub(lambda found: f"\\[{found[1]}\\]", source)
    return FORMULA.sub(lambda found: found[0] if ">" in found[0] else found[0].replace("<", "&lt;"), source)


def inner_html(element: XmlElement) -> str:
    """What stands inside an element, as HTML."""
    return html.escape(element.text or "", quote=False) + "".join(outer_html(child) for child in element)


def outer_html(element: XmlElement) -> str:
    """An element and the text that follows it, as HTML."""
    if not tag_of(element):
        return html.escape(element.tail or "", quote=False)
    return tostring(element, encoding="unicode", method="html")


def plain_words(source: str) -> str:
    """The words of an HTML text, in one line."""
    bare = re.sub(r"(?s)<[^>]*>", " ", SCRIPT.sub(" ", STYLE.sub(" ", source)))
    return " ".join(html.unescape(bare).split())
