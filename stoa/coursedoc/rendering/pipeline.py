"""From a text to safe HTML: read, sanitize, adapt, settle, finish, sanitize again."""

import hashlib
import html
import re
import unicodedata

from stoa.coursedoc.model.texts import Markup, Text
from stoa.coursedoc.rendering import cleaning, markdown, nesting, trees
from stoa.coursedoc.rendering.characters import PLACE, tidy
from stoa.coursedoc.rendering.elements import Links, Page, adapt
from stoa.coursedoc.rendering.finishing import finish
from stoa.coursedoc.rendering.maths import Formulas
from stoa.coursedoc.rendering.trees import names

_APART = names(
    "address article blockquote br caption center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section summary table td th tr ul"
)
_SPACES = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r"\s*\n\s*")


def render(text: Text, *, links: Links, top: int = 2, prefix: str = "", frames: frozenset[str] = frozenset()) -> str:
    """The text as HTML that any page may hold.

    `links` gives the final address of every address in it, or None to leave its words alone. The first heading is of
    level `top`. Ids begin with `prefix` (by default a mark of the text itself). A frame is shown only of a host in
    `frames`; other frames become links.
    """
    formulas = Formulas()
    root = _tree(text, formulas)
    prefix = prefix or f"t{hashlib.sha256(text.source.encode(errors='replace')).hexdigest()[:6]}-"
    page = Page(links=links, prefix=prefix, frames=frames)
    page.find_anchors(root)
    adapt(root, page)
    nesting.settle(root, prefix)
    finish(root, top)

    def written_out(words: str) -> str:
        return PLACE.sub(lambda at: formulas.mathml(int(at[1])), html.escape(words, quote=False))

    written = trees.write(root, written_out)
    return unicodedata.normalize("NFC", tidy(cleaning.let_out(written))).strip()


def plain(text: Text) -> str:
    """The words of the text alone, a line for each paragraph, formulas as TeX."""
    formulas = Formulas()
    written = _words(_tree(text, formulas))
    written = PLACE.sub(lambda at: formulas.tex(int(at[1])), written)
    return _LINES.sub("\n", _SPACES.sub(" ", tidy(written))).strip()


def _tree(text: Text, formulas: Formulas) -> trees.Node:
    source = tidy(text.source)
    is_html = text.markup is Markup.HTML
    return trees.parse(cleaning.let_in(formulas.protect(source) if is_html else markdown.to_html(source, formulas)))


def _words(node: trees.Node) -> str:
    inside = "".join(child if isinstance(child, str) else _words(child) for child in node.children)
    inside = node.attributes.get("alt", inside) if node.tag == "img" else inside
    return f"\n{inside}\n" if node.tag in _APART else inside
