"""A quiz made ready at publish: every text rendered once, the layout cut at its slots."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar, cast

from stoa.coursedoc.model import Markup, NumberPart, Part, Quiz, Text

T = TypeVar("T")
Render = Callable[[Text], str]

_TAG_OR_SLOT = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>|\{\{\s*part\s+(?P<part>[^{}]+?)\s*\}\}""")
_PARAGRAPH = re.compile(r"</?p\b[^>]*>\s*")


def prepared(quiz: Quiz, render: Render) -> Quiz:
    """The quiz with all its texts, and the units of its numbers, as safe HTML."""
    texts = _rendered(quiz, render)
    return replace(texts, parts=tuple(_with_unit(part, render) for part in texts.parts))


def _with_unit(part: Part, render: Render) -> Part:
    if not isinstance(part, NumberPart) or not part.unit:
        return part
    unit = Text(source=html.escape(part.unit), markup=Markup.HTML)
    return replace(part, unit=in_line(render(unit)))


def _rendered(value: T, render: Render) -> T:
    if isinstance(value, Text):
        safe = Text(source=render(value), markup=Markup.HTML) if value else Text()
        return cast("T", safe)
    if isinstance(value, tuple):
        return cast("T", tuple(_rendered(one, render) for one in value))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _rendered(getattr(value, one.name), render) for one in fields(value)}
        return cast("T", replace(value, **changed))
    return value


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a layout: HTML of the author, or the place of a part."""

    html: str = ""
    part: str = ""


def pieces(layout: str, parts: Iterable[str]) -> tuple[Piece, ...]:
    """The layout cut at `{{part ID}}`; a slot of an unknown part stays text, each part stands once.

    A slot inside a tag is no slot: what would stand there might close the attribute that it is in.
    """
    return tuple(piece for piece in _cut(layout, set(parts)) if piece.html or piece.part)


def in_line(text: str) -> str:
    """The HTML without its paragraphs, for places that hold no blocks: a label, a legend."""
    inner = _PARAGRAPH.sub("\n", text).strip()
    return re.sub(r"\s*\n\s*\n\s*", "<br>", inner) if text.count("<p") > 1 else inner


def _cut(layout: str, waiting: set[str]) -> Iterator[Piece]:
    start = 0
    for found in _TAG_OR_SLOT.finditer(layout):
        part = found["part"]
        if part in waiting:
            yield Piece(html=layout[start : found.start()])
            yield Piece(part=part)
            waiting.remove(part)
            start = found.end()
    yield Piece(html=layout[start:])
