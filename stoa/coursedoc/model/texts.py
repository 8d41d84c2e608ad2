"""Words that an author wrote, and the markup they are in."""

from dataclasses import dataclass
from enum import StrEnum


class Markup(StrEnum):
    """How a text is written."""

    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, kw_only=True)
class Text:
    r"""A text as its author wrote it, never yet made safe.

    Files of the course are named `asset:NAME`; other places of it `item:ID`, `step:ID`, `lesson:ID`, `page:ID`.
    Formulas stand between `\(` and `\)`, or `\[` and `\]`, in TeX.
    """

    source: str = ""
    markup: Markup = Markup.MARKDOWN

    def __bool__(self) -> bool:
        return bool(self.source.strip())


@dataclass(frozen=True, kw_only=True)
class Link:
    """A named address: `https:`, or `asset:NAME` for a file of the course."""

    url: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A setting of the source that Stoa has no place for; it goes out again as it came in."""

    name: str
    value: str
