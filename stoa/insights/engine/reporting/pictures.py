"""Figures for a page: marks without a style of their own, words that stay readable on a phone."""

from collections.abc import Mapping
from html import escape

from stoa.insights.engine.reporting.exhibit import per_cent
from stoa.insights.rules.charts import bars, lines, world
from stoa.insights.rules.charts.canvas import Canvas, number
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Chart, Kind, Row


def picture(chart: Chart, shapes: Mapping[str, str]) -> str:
    """A heading, the figure, its note."""
    if chart.kind is Kind.MAP:
        body = _map(chart, shapes)
    else:
        body = _lines(chart) if chart.kind is Kind.LINES else _bars(chart)
    note = f'<p class="note">{escape(chart.words.note)}</p>' if chart.words.note else ""
    return f'<div class="chart"><h3>{escape(chart.title)}</h3>{note}\n{body}</div>\n'


def _bars(chart: Chart) -> str:
    rows = "".join(
        f'<li><span class="label">{escape(row.label)}</span>'
        f'<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" '
        f'height="6"/><rect class="{"d5" if row.mark else "d1"}" width="{number(extent)}" height="6"/></svg>'
        f'<span class="value">{escape(_said(row, chart))}</span></li>\n'
        for row, extent in zip(chart.rows, bars.extents(chart), strict=True)
    )
    return f'<ul class="bars">\n{rows}</ul>'


def _said(row: Row, chart: Chart) -> str:
    if row.value is None:
        return chart.words.hidden
    return (
        f"{figure(row.value)} ({per_cent(int(row.value), row.of)} of {chart.denominator})"
        if row.of
        else figure(row.value)
    )


def _lines(chart: Chart) -> str:
    wide, high = lines.BOX
    label = escape(f"{chart.title}: {', '.join(f'{row.label} {_said(row, chart)}' for row in _ends(chart))}")
    return (
        f'<svg class="lines" viewBox="0 0 {wide} {high}" role="img" aria-label="{label}">{lines.picture(chart)}</svg>'
    )


def _ends(chart: Chart) -> list[Row]:
    return [chart.rows[0], chart.rows[-1]] if len(chart.rows) > 1 else list(chart.rows)


def _map(chart: Chart, shapes: Mapping[str, str]) -> str:
    wide, high = world.BOX
    painted, canvas = world.colours(chart), Canvas(width=wide)
    for code in sorted(shapes):
        canvas.raw(f'<path class="{painted.get(code, "m0")}" d="{shapes[code]}"/>')
    key = "".join(
        f'<li><svg viewBox="0 0 14 14" aria-hidden="true"><rect class="{step.colour}" width="14" height="14"/></svg>'
        f"{escape(step.words)}</li>"
        for step in world.key(chart)
    )
    label = escape(f"{chart.title}; the table below has all numbers")
    drawn = f'<svg class="map" viewBox="0 0 {wide} {high}" role="img" aria-label="{label}">{canvas.markup}</svg>'
    return f'{drawn}\n<ul class="key">{key}</ul>'
