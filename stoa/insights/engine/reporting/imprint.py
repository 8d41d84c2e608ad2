"""What a report has to say of itself before it may be published."""

from dataclasses import dataclass, fields
from datetime import date

from stoa.insights.engine.reporting.people import Period

METHOD = (
    "All figures are counted from the event log of the courses, by the definitions beside each figure. The team of a "
    "course is left out. No number about fewer than 10 people is published, nor one that gives such a number away."
)
_NAMES = {
    "title": "the title (--title)",
    "authors": "the authors (--author, once for each)",
    "editor": "the editor (--editor)",
    "published": "the date (--date)",
    "period": "the period (--from, --to)",
    "method": "the method (--method)",
    "full_text": "the link to the full text (--full-text)",
}


class NotPublishable(Exception):
    """The imprint is not complete."""


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """Who wrote it, who edited it, when, about which time, by which method, and where all of it can be read."""

    title: str
    authors: tuple[str, ...]
    editor: str
    published: date | None
    period: Period | None
    full_text: str
    method: str = METHOD

    def missing(self) -> list[str]:
        """What is missing, in words."""
        lacking = [_NAMES[one.name] for one in fields(self) if not _says(getattr(self, one.name))]
        linked = self.full_text.startswith(("https://", "http://"))
        return [*lacking, *(["a full-text link that begins with https://"] if self.full_text and not linked else [])]

    def check(self, *, later: str = "") -> None:
        """Raise NotPublishable where anything is missing, but for the one field that is found out later."""
        if lacking := [words for words in self.missing() if words != _NAMES.get(later)]:
            raise NotPublishable("This report is not published, for it lacks: " + "; ".join(lacking) + ".")


def _says(value: object) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(_says(one) for one in value)
    return bool(value.strip()) if isinstance(value, str) else value is not None
