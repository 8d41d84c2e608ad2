"""A figure with the rows behind it, for pages of figures that no filter of a board changes."""

from dataclasses import dataclass

from stoa.insights.rules.answers import Cell
from stoa.insights.rules.charts.specification import Chart


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart, the rows that it is drawn from, and what they are made by."""

    chart: Chart
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    part: str = ""
    """The engine's table of a course page."""
    sql: str = ""
    missing: str = ""
    """What stands for a missing value in a table for spreadsheets."""
