"""The figures of a board: their names in addresses, by which dimension they count, how they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stoa.insights.rules.charts.specification import Kind
from stoa.insights.rules.dimensions import Dimension

MOST_ROWS: Final = 8
"""Rows of a figure on a board; its own page shows all of them."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure: its name in addresses, its kind, the dimension whose groups are its rows."""

    name: str
    kind: Kind
    dimension: Dimension | None = None
    span: int = 2
    """Sixths of the page's width."""


FIGURES: Final[Mapping[str, Figure]] = {
    figure.name: figure
    for figure in (
        Figure(name="map", kind=Kind.MAP, dimension=Dimension.COUNTRY, span=4),
        Figure(name="countries", kind=Kind.BARS, dimension=Dimension.COUNTRY),
        Figure(name="funnel", kind=Kind.FUNNEL, span=3),
        Figure(name="days", kind=Kind.DAYS, span=3),
        Figure(name="age", kind=Kind.BARS, dimension=Dimension.AGE),
        Figure(name="education", kind=Kind.BARS, dimension=Dimension.EDUCATION),
        Figure(name="gender", kind=Kind.PIE, dimension=Dimension.GENDER),
        Figure(name="credential", kind=Kind.BARS, span=3),
        Figure(name="population", kind=Kind.BARS, span=3),
        Figure(name="status", kind=Kind.BARS, dimension=Dimension.STATUS, span=3),
        Figure(name="intent", kind=Kind.BARS, dimension=Dimension.INTENT, span=3),
        Figure(name="track", kind=Kind.PIE, dimension=Dimension.TRACK, span=3),
        Figure(name="teaching", kind=Kind.BARS, dimension=Dimension.TEACHER, span=3),
        Figure(name="organisations", kind=Kind.BARS, dimension=Dimension.ORGANISATION),
        Figure(name="subjects", kind=Kind.BARS, dimension=Dimension.AREA),
        Figure(name="courses", kind=Kind.BARS, dimension=Dimension.COURSE),
    )
}
BOARD: Final = tuple(FIGURES.values())
"""What the board of all courses shows."""
COURSE_BOARD: Final = tuple(figure for figure in BOARD if figure.name not in {"organisations", "subjects", "courses"})
"""What the board of one course shows, in which organisation, subject and course are always the same."""
