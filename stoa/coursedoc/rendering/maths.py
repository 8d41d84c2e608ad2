r"""Formulas in TeX: found in a text, kept from the sanitizer, turned to MathML.

`\(..\)` and `[mathjaxinline]..[/mathjaxinline]` stand in the line; `\[..\]`, `[mathjax]..[/mathjax]`, `$$..$$` and
`\begin{..}..\end{..}` stand alone. A single `$` is money, never maths.
"""

import html
import re
from functools import lru_cache

from latex2mathml.converter import convert

from stoa.coursedoc.rendering.characters import CLOSE, OPEN

_FORMULA = r"""
    \\\((?P<line>.{1,6000}?)\\\)
  | \[mathjaxinline\](?P<old_line>.{1,6000}?)\[/mathjaxinline\]
  | \\\[(?P<block>.{1,6000}?)\\\]
  | \[mathjax\](?P<old_block>.{1,6000}?)\[/mathjax\]
  | \$\$(?P<dollars>.{1,6000}?)\$\$
  | (?P<environment>\\begin\{(?P<name>[a-z]{1,20}\*?)\}.{1,6000}?\\end\{(?P=name)\})
"""
AT = re.compile(_FORMULA, re.VERBOSE | re.DOTALL)
"""Matches a formula."""

# What is skipped comes first: comments, code, whole tags with their attributes.
_IN_HTML = re.compile(
    r"""
    <!--.*?(?:-->|\Z)
  | <(?P<code>script|style|pre|code|textarea|kbd|samp|iframe)\b.*?(?:</(?P=code)\s*>|\Z)
  | </?[a-z][^>]*>?
  | """
    + _FORMULA,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"</?(?:br|span|p|em|i|b|strong|div|font|u)(?:\s[^>]*)?/?>", re.IGNORECASE)
_MU = re.compile(r'="(-?[0-9.]{1,9})mu"')
_KEPT_TEX = re.compile(r"<m[ino]>\\")
_GROUPS = ("line", "old_line", "block", "old_block", "dollars", "environment")
_LINE_GROUPS = frozenset({"line", "old_line"})


class Formulas:
    """The formulas of one text; each leaves a numbered place in it."""

    def __init__(self) -> None:
        self._found: list[tuple[str, bool]] = []

    def keep(self, match: re.Match[str]) -> str:
        """Keep the formula matched, and give its place."""
        group = next(name for name in _GROUPS if match[name])
        self._found.append((match[group].strip(), group in _LINE_GROUPS))
        return f"{OPEN}{len(self._found) - 1}{CLOSE}"

    def protect(self, source: str) -> str:
        """HTML with a place for each formula outside code, comments and tags."""
        return _IN_HTML.sub(self._protect_one, source)

    def _protect_one(self, match: re.Match[str]) -> str:
        if match.lastgroup in {None, "code"}:
            return match[0]
        place = self.keep(match)
        tex, in_line = self._found[-1]
        self._found[-1] = (html.unescape(_MARKUP.sub(" ", tex)), in_line)
        return place

    def tex(self, number: int) -> str:
        """The formula as its author wrote it."""
        return self._found[number][0] if number < len(self._found) else ""

    def mathml(self, number: int) -> str:
        """The formula as MathML, or as code where nobody can read it."""
        return _mathml(*self._found[number]) if number < len(self._found) else ""


@lru_cache(maxsize=2048)
def _mathml(tex: str, in_line: bool) -> str:  # noqa: FBT001 -- lru_cache keeps plain values
    try:
        written = convert(tex, display="inline" if in_line else "block")
    except Exception:  # noqa: BLE001 -- the converter fails in many ways on TeX that it doesn't know
        return f"<code>{html.escape(tex)}</code>"
    # A macro that the converter doesn't know comes out as an identifier with its backslash.
    if _KEPT_TEX.search(written):
        return f"<code>{html.escape(tex)}</code>"
    # TeX's `mu` is no unit of MathML: eighteen of them are one em.
    return _MU.sub(lambda match: f'="{float(match[1]) / 18:.3g}em"', written)
