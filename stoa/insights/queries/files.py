"""Figures as files."""

import csv
import io
from base64 import b64decode
from collections.abc import Iterable, Sequence

from stoa.insights.queries import figures
from stoa.insights.queries.lookers import Looker
from stoa.insights.rules.answers import Cell
from stoa.insights.rules.charts.specification import Chart
from stoa.insights.rules.dimensions import Choice
from stoa.insights.rules.figures import Figure

HEAD = ("key", "label", "value", "of", "denominator")


def csv_of(chart: Chart) -> str:
    """The rows of a chart; a hidden value says so."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEAD)
    for row in chart.rows:
        value = chart.words.hidden if row.value is None else f"{row.value:.10g}"
        rows.writerow((_safe(row.key), _safe(row.label), value, row.of or "", chart.denominator if row.of else ""))
    return text.getvalue()


def shown_rows(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """The rows of a chart as a table; a hidden value is missing."""
    return HEAD, tuple(
        (row.key, row.label, row.value, row.of, chart.denominator if row.of else None) for row in chart.rows
    )


def csv_of_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, missing: str = "") -> str:
    """The rows of a table with their names above; `missing` stands where there is no value."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    for row in rows:
        lines.writerow([_safe(cell) if isinstance(cell, str) else missing if cell is None else cell for cell in row])
    return text.getvalue()


def parquet_of(figure: Figure, choice: Choice, looker: Looker) -> bytes:
    """All counts behind a figure, as a Parquet file. Raises FiguresUnavailable."""
    table = figures.table(_table(figure), choice, looker.view, own=looker.own, parquet=True)
    return b64decode(table.file)


def sql_of(figure: Figure, choice: Choice, looker: Looker) -> str:
    """What makes those counts of the warehouse's files. Raises FiguresUnavailable."""
    return figures.table(_table(figure), choice, looker.view, own=looker.own).sql


def _table(figure: Figure) -> str:
    if figure.dimension:
        return figure.dimension.value
    return figure.name if figure.name in {"days", "population"} else "counts"


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
