"""A sheet to draw on: marks in order, mirrored where one reads from right to left, the same each time."""

from html import escape
from typing import Final

WIDTH: Final = 800
MARGIN: Final = 24
LINE: Final = 20
_OF_AN_EM = 0.54
"""How wide a letter is, on average."""


def number(value: float) -> str:
    """A coordinate with one decimal at the most."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def wrapped(words: str, *, width: float, size: float) -> list[str]:
    """The words in lines that fit the width."""
    room, lines = max(int(width / (size * _OF_AN_EM)), 8), [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Canvas:
    """Collects SVG."""

    def __init__(self, *, width: float = WIDTH, mirrored: bool = False) -> None:
        self.width = width
        self.mirrored = mirrored
        self.marks: list[str] = []

    def rect(self, box: tuple[float, float, float, float], kind: str) -> None:
        """A bar: x, y, width, height."""
        x, y, width, height = box
        left = self.width - x - width if self.mirrored else x
        size = f'width="{number(width)}" height="{number(height)}"'
        self.marks.append(f'<rect class="{kind}" x="{number(left)}" y="{number(y)}" {size}/>')

    def text(self, at: tuple[float, float], words: str, kind: str = "") -> None:
        """Words that begin at x, or end (`e`) or stand (`c`) there."""
        x, y = at
        left = self.width - x if self.mirrored else x
        classes = f' class="{kind}"' if kind else ""
        self.marks.append(f'<text{classes} x="{number(left)}" y="{number(y)}">{escape(words, quote=False)}</text>')

    def line(self, points: list[tuple[float, float]], kind: str) -> None:
        """A line through the points."""
        drawn = " ".join(f"{number(self.width - x if self.mirrored else x)},{number(y)}" for x, y in points)
        self.marks.append(f'<polyline class="{kind}" points="{drawn}"/>')

    def raw(self, markup: str) -> None:
        """Marks that are SVG already."""
        self.marks.append(markup)

    @property
    def markup(self) -> str:
        """All marks."""
        return "".join(self.marks)
