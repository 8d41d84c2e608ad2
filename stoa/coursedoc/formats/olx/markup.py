"""Authors' HTML: links rewritten, frames turned into links, formulas in one notation."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from lxml.etree import _Element as XmlElement
from lxml.etree import tostring

from stoa.coursedoc.formats.olx.links import Links
from stoa.coursedoc.formats.olx.scanning import change_spans, change_tags, tags
from stoa.coursedoc.formats.olx.xml import tag_of
from stoa.coursedoc.model import Markup, Text

PAIR = re.compile(r"""(?P<before>(?P<name>[^\s=/>"'<]+)\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""")
ADDRESSES = {"href", "src", "poster", "data", "srcset", "longdesc", "background", "cite"}
HANDLER = re.compile(r"""(?i)[\s"'/]on[a-z]+\s*=""")
SCRIPT = re.compile(r"(?is)<script\b.*?(?:</script\s*>|$)")
STYLE = re.compile(r"(?is)<style\b.*?(?:</style\s*>|$)")
SHEET = re.compile(r"(?i)<link\b[^<>]*>")
HEAD = (re.compile(r"(?i)<head\b[^<>]*>"), re.compile(r"(?i)</head\s*>"))
TITLE = (re.compile(r"(?i)<title\b[^<>]*>"), re.compile(r"(?i)</title\s*>"))
DOCUMENT = re.compile(r"(?i)<!doctype[^<>]*>|</?(?:html|body)\b[^<>]*>")
FRAME = re.compile(r"(?i)<(?:iframe|object|embed|frame|applet)\b")
FRAMES = tuple(
    (re.compile(rf"(?i)<{tag}\b(?P<attributes>(?:[^>\"'<]|\"[^\"]*\"|'[^']*')*+)>"), re.compile(rf"(?i)</{tag}\s*>"))
    for tag in ("iframe", "object", "embed", "frame", "applet")
)
OUTSIDE_PICTURE = re.compile(r"""(?i)<img\b[^<>]*?\ssrc\s*=\s*["']?\s*(?:https?:)?//""")
FORM = re.compile(r"(?i)<(form|input|select|textarea)\b")
"""A button alone is no loss: its words stay, and around it often stands a link."""
MATHJAX_INLINE = (re.compile(r"(?i)\[mathjaxinline\]"), re.compile(r"(?i)\[/mathjaxinline\]"))
MATHJAX_BLOCK = (re.compile(r"(?i)\[mathjax\]"), re.compile(r"(?i)\[/mathjax\]"))
INLINE = (re.compile(r"\\\("), re.compile(r"\\\)"))
BLOCK = (re.compile(r"\\\["), re.compile(r"\\\]"))


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text of the author, and what of it Stoa does not show as it was."""

    text: Text
    loss: str = ""


def written(source: str, links: Links, place: str) -> Written:
    """An author's HTML as a text of the document."""
    losses = [words for words, found in _losses(source).items() if found]
    source = _frames_as_links(STYLE.sub("", SCRIPT.sub("", _without_head(source))))
    source = _formulas(SHEET.sub("", source))
    source = rewrite(source, lambda address: links.address(address, place)).replace("\r\n", "\n").replace("\0", "")
    if OUTSIDE_PICTURE.search(source):
        problem = "Its pictures lie on other sites; learners see links to them."
        links.tell(place, "outside pictures", problem, "Put them into the course.")
    return Written(text=Text(source=source.strip(), markup=Markup.HTML), loss="; ".join(losses))


def text(source: str, links: Links, place: str) -> Text:
    """An author's HTML as a text, where losses are told elsewhere or can't be."""
    return written(source, links, place).text


def words(plain: str) -> Text:
    """Words without markup, as a text."""
    return Text(source=html.escape(plain.strip(), quote=False), markup=Markup.HTML)


def _losses(source: str) -> dict[str, bool]:
    handled = any(HANDLER.search(_unquoted(tag[0])) for tag in tags(source))
    return {
        "scripts dropped": bool(SCRIPT.search(source)) or handled,
        "styles of its own dropped": bool(STYLE.search(source) or SHEET.search(source)),
        "frames became links": bool(FRAME.search(source)),
        "form fields dropped": bool(FORM.search(source)),
    }


def _unquoted(tag: str) -> str:
    return re.sub(r"""=\s*("[^"]*"|'[^']*')""", "= ", tag)


def _without_head(source: str) -> str:
    for opening, closing in (HEAD, TITLE):
        source = change_spans(source, opening, closing, lambda mark, inside: mark[0] if inside is None else "")
    return DOCUMENT.sub("", source)


def rewrite(source: str, change: Callable[[str], str]) -> str:
    """The HTML with every address in its tags changed."""
    return change_tags(source, lambda tag: PAIR.sub(lambda found: _changed(found, change), tag))


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
    for opening, closing in FRAMES:
        source = change_spans(source, opening, closing, _frame_as_link)
    return source


def _frame_as_link(frame: re.Match[str], inside: str | None) -> str:
    pairs = [(pair["name"].lower(), pair["value"].strip("\"'")) for pair in PAIR.finditer(frame["attributes"])]
    attributes = {name: html.unescape(value) for name, value in reversed(pairs)}
    address = (attributes.get("src") or attributes.get("data") or "").strip()
    address = f"https:{address}" if address.startswith("//") else address
    inner = (inside or "") if frame[0].lower().startswith("<object") else ""
    if not address or address.lower().startswith(("javascript:", "data:", "about:")):
        return inner
    title = attributes.get("title") or attributes.get("aria-label") or _spoken(address)
    return f'<p><a href="{html.escape(address)}">{html.escape(title)}</a></p>{inner}'


def _spoken(address: str) -> str:
    """An address in few words: its site, or the file's name."""
    site = re.match(r"(?i)https?://(?:www\.)?([^/?#:@]+)", address)
    return site[1] if site else address.split("?", maxsplit=1)[0].rstrip("/").rpartition("/")[2] or address


def _formulas(source: str) -> str:
    r"""Formulas between `\(` and `\)`, with a `<` in them that no parser takes for a tag."""
    for (opening, closing), (start, end) in ((MATHJAX_INLINE, ("\\(", "\\)")), (MATHJAX_BLOCK, ("\\[", "\\]"))):
        source = change_spans(source, opening, closing, partial(_marked, start=start, end=end))
    for opening, closing in (INLINE, BLOCK):
        source = change_spans(source, opening, closing, _without_tags)
    return source


def _marked(mark: re.Match[str], inside: str | None, *, start: str, end: str) -> str:
    return mark[0] if inside is None else f"{start}{inside}{end}"


def _without_tags(mark: re.Match[str], inside: str | None) -> str:
    if inside is None:
        return mark[0]
    end = mark[0].replace("(", ")").replace("[", "]")
    return mark[0] + (inside if ">" in inside else inside.replace("<", "&lt;")) + end


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
    bare = re.sub(r"<[^<>]*>", " ", SCRIPT.sub(" ", STYLE.sub(" ", source)))
    return " ".join(html.unescape(bare).split())
