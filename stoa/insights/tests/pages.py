"""What a page of figures shows, card by card: charts, tables, and where their files are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class CardShown:
    """A card: how many charts and tables are on it, and the CSV files that its tools link to."""

    name: str
    charts: int = 0
    tables: int = 0
    files: list[str] = field(default_factory=list)

    @property
    def wanting(self) -> bool:
        """A chart or a table without a figure of its own behind it."""
        return len(set(self.files)) < max(self.charts, min(self.tables, 1))


def cards_of(page: str) -> list[CardShown]:
    """The cards of a page that show anything, but for the table of a page that is all about one figure."""
    reading = _Reading()
    reading.feed(page)
    return [card for card in reading.cards if card.charts or card.tables]


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cards: list[CardShown] = []
        self._open: list[tuple[str, bool]] = []
        self._inside: list[CardShown] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        classes = told.get("class", "").split()
        is_card = "card" in classes and tag in {"section", "div"} and told.get("id") != "table"
        if is_card:
            self._inside.append(CardShown(name=told.get("aria-labelledby") or told.get("class", "")))
            self.cards.append(self._inside[-1])
        if self._inside:
            card = self._inside[-1]
            card.charts += (tag == "svg" and told.get("role") == "img") or bool({"bars", "funnel"} & {*classes})
            card.tables += tag == "table"
            address = told.get("href", "")
            if tag == "a" and "icon-btn" in classes and ".csv" in address:
                card.files.append(address)
        if tag not in _VOID:
            self._open.append((tag, is_card))

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """A mark of a drawing."""

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            known, is_card = self._open.pop()
            if is_card:
                self._inside.pop()
            if known == tag:
                return
