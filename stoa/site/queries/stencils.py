"""HTML that depends on nothing but what it is given: drawn once in a process, then kept (decision 0010).

A template that is drawn here sees the language and the values given, and nothing else: neither the reader nor the
request. All it sees is in the key, so what is kept fits everyone who gets the same values, and never shows what is
somebody else's. What is each reader's own is put into its holes. Days and hours, whose words depend on the zone and the
moment, are put into words before.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST_KEPT = 4096
_EDGE = "\0"
"""Stands around the name of a hole: PostgreSQL keeps no text with it, so nobody's words make a hole."""
Values = tuple[tuple[str, type, Hashable], ...]


@dataclass(frozen=True)
class Stencil:
    """A drawn template with holes."""

    pieces: tuple[str, ...]
    """HTML and the name of a hole by turns."""

    def filled(self, own: Mapping[str, SafeString]) -> SafeString:
        """The whole, with what is a reader's own in the holes."""
        words = [own[piece] if place % 2 else piece for place, piece in enumerate(self.pieces)]
        return mark_safe("".join(words))  # noqa: S308 -- drawn by our templates, filled with what they drew


def drawn(template: str, **values: Hashable) -> SafeString:
    """The template with these values."""
    return _drawn(template, get_language() or "", _key(values))


def stencil(template: str, holes: tuple[str, ...], **values: Hashable) -> Stencil:
    """The template with these values, and `holes.NAME` left open."""
    return _stencil(template, get_language() or "", holes, _key(values))


def _key(values: Mapping[str, Hashable]) -> Values:
    """The type counts: of two equal texts, one may be HTML and the other not."""
    return tuple(zip(values, map(type, values.values()), values.values(), strict=True))


@lru_cache(maxsize=MOST_KEPT)
def _drawn(template: str, language: str, values: Values) -> SafeString:
    del language
    return render_to_string(template, {name: value for name, _, value in values})


@lru_cache(maxsize=MOST_KEPT // 4)
def _stencil(template: str, language: str, holes: tuple[str, ...], values: Values) -> Stencil:
    del language
    marks = {name: mark_safe(f"{_EDGE}{name}{_EDGE}") for name in holes}  # noqa: S308 -- our own names
    whole = render_to_string(template, {name: value for name, _, value in values} | {"holes": marks})
    return Stencil(tuple(str(whole).split(_EDGE)))
