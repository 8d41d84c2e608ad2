"""What the sanitizer lets in at the start and lets out at the end."""

import re

import nh3

from stoa.coursedoc.rendering.trees import names

_STRUCTURE = names(
    "blockquote br caption dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre summary table "
    "tbody td tfoot th thead tr ul"
)
_WORDS = names(
    "a abbr audio b bdi bdo cite code del em i iframe img ins kbd mark q rp rt ruby s samp small span strong sub "
    "sup var wbr"
)
_OBSOLETE = names(
    "acronym address article aside center dfn dir embed fieldset footer form h1 header hgroup legend main menu "
    "nav object section source strike tt u video"
)
_MATHS = names(
    "math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot "
    "mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none"
)
_MATHS_ATTRIBUTES = names(
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form frame height "
    "largeop linethickness lspace mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowalign "
    "rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width"
)
_SHARED = {
    "abbr": {"title"},
    "details": {"open"},
    "iframe": {"src", "title"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_IN = nh3.Cleaner(
    tags=set(_STRUCTURE | _WORDS | _OBSOLETE),
    clean_content_tags={"script", "style", "select", "textarea", "template", "noembed", "noframes", "title", "svg"},
    attributes=_SHARED
    | {
        "*": {"id", "lang", "dir", "class"},
        "a": {"href", "name"},
        "acronym": {"title"},
        "audio": {"src"},
        "embed": {"src"},
        "object": {"data"},
        "source": {"src"},
        "video": {"src"},
    },
    url_schemes={"http", "https", "mailto", "tel", "data", "asset", "item", "step", "lesson", "page", "course"},
    link_rel=None,
)
_OUT = nh3.Cleaner(
    tags=set(_STRUCTURE | _WORDS | _MATHS),
    attributes={tag: set(_MATHS_ATTRIBUTES) for tag in _MATHS}
    | _SHARED
    | {
        "*": {"id", "lang", "dir", "class"},
        "a": {"href", "rel"},
        "audio": {"src", "controls", "preload"},
        "div": {"role", "tabindex", "aria-labelledby"},
        "iframe": {"src", "title", "loading", "sandbox", "allowfullscreen"},
        "img": {"src", "alt", "width", "height", "loading", "decoding"},
        "pre": {"tabindex"},
    },
    url_schemes={"http", "https", "mailto", "tel", "data"},
    link_rel=None,
)


# The sanitizer drops these with all that is in them where they stand outside of a drawing.
_DRAWN = re.compile(
    r"""</?(?:annotation(?:-xml)?|animate|circle|cursor|defs|desc|discard|ellipse|filter|g|line|marker|mask|metadata
    |path|pattern|polygon|polyline|rect|semantics|set|stop|switch|symbol|text|textpath|tspan|use|view)
    (?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*+>""",
    re.IGNORECASE | re.VERBOSE,
)


def let_in(html: str) -> str:
    """Well-formed HTML of elements that the next steps know; scripts and styles are gone."""
    return _IN.clean(_DRAWN.sub("", html))


def let_out(html: str) -> str:
    """The last word: only what a page may hold."""
    return _OUT.clean(html)
