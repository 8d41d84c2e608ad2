"""Tables in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from stoa.insights.queries.numbers import count
from stoa.insights.rules.answers import Cell


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table in words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The rows, each cell with its head: on a phone a row is a list of these."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


def grid_of(columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Grid:
    """Any table of the engine, in the reader's numbers."""
    return Grid(heads=tuple(columns), rows=tuple(tuple(_said(cell) for cell in row) for row in rows))


def _said(cell: Cell) -> str:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return "" if cell is None else str(cell)
    return count(cell) if isinstance(cell, int) else decimal_of(cell, 2)


def decimal_of(cell: Cell, decimals: int = 1) -> str:
    """A number with so many decimals, a dash where it is not known."""
    known = isinstance(cell, int | float) and isfinite(cell)
    return count(float(cell or 0), decimals) if known else "–"  # noqa: RUF001 -- a dash for nothing
