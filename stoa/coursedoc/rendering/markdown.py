"""Markdown to HTML: CommonMark with tables, footnotes, definition lists, attributes and formulas."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from stoa.coursedoc.rendering import maths

_ALIGNED = {"text-align:right": "end", "text-align:center": "middle", "text-align:left": "start"}
_BLOCKS = ("\\[", "$$", "\\begin{", "[mathjax]")


def to_html(source: str, formulas: maths.Formulas) -> str:
    """The source as HTML, not yet safe, with a place for each formula."""
    surroundings = {"formulas": formulas}
    tokens = _READER.parse(source, surroundings)
    for token in tokens:
        if token.type == "html_block":
            token.content = formulas.protect(token.content)
        if token.type in {"th_open", "td_open"} and (style := token.attrs.pop("style", None)):
            token.attrs["class"] = _ALIGNED[str(style)]
    return str(_READER.renderer.render(tokens, _READER.options, surroundings))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.use(footnote_plugin, inline=False).use(deflist_plugin).use(attrs_plugin)
    reader.inline.ruler.before("escape", "formula", _formula)
    reader.block.ruler.before("fence", "formulas", _formulas, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    reader.add_render_rule("formula", _place)
    return reader


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it calls it so
    if state.src[state.pos] not in "\\$[" or not (match := maths.AT.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        state.push("formula", "", 0).content = state.env["formulas"].keep(match)
    state.pos = match.end()
    return True


def _formulas(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it calls it so
    """A formula that begins a line and ends one, whatever its lines look like between."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith(_BLOCKS, first):
        return False
    match = maths.AT.match(state.src, first, state.eMarks[end - 1])
    if not match:
        return False
    last = next(line for line in range(start, end) if state.eMarks[line] >= match.end())
    if state.src[match.end() : state.eMarks[last]].strip():
        return False
    if not silent:
        _paragraph(state, state.env["formulas"].keep(match))
        state.line = last + 1
    return True


def _paragraph(state: StateBlock, content: str) -> None:
    state.push("paragraph_open", "p", 1)
    token = state.push("inline", "", 0)
    token.children = [Token("formula", "", 0, content=content)]
    state.push("paragraph_close", "p", -1)


def _place(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return tokens[index].content


_READER = _reader()
