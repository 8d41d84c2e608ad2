"""Pages and files of figures that no filter of a board changes."""

from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stoa.insights.queries import figures
from stoa.insights.queries.cards import FORMS, card_alone
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.files import csv_of_rows
from stoa.insights.queries.grids import grid_of
from stoa.insights.queries.shapes import shapes
from stoa.insights.rules.charts import drawing
from stoa.insights.rules.charts.specification import written
from stoa.insights.views.figures import TYPES, File, words_of


def page_of(
    request: HttpRequest, drawn: Drawn, *, home: str, crumbs: Sequence[tuple[str, str]], exact: bool = False
) -> HttpResponse:
    """The figure by itself; its files lie beside it, below `home`."""
    links = {form: f"{home}figures/{drawn.chart.name}.{form}" for form in FORMS}
    shown = {
        "card": card_alone(drawn.chart, links),
        "grid": grid_of(drawn.columns, drawn.rows),
        "files": [File(form=form, url=url, words=words_of(form)) for form, url in links.items()],
        "crumbs": [*crumbs, ("", drawn.chart.title)],
        "exact": exact,
        "nav": "learning" if exact else "insights",
    }
    return render(request, "insights/drawn.html", shown)


def file_of(drawn: Drawn, form: str, *, sql: Callable[[], str]) -> HttpResponse:
    """The figure as a file; `sql` says what the rows are made by. Raises FiguresUnavailable, Http404."""
    if form not in TYPES:
        raise Http404
    said = sql().encode() if form == "sql" else _FILES[form](drawn)
    answer = HttpResponse(said, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="stoa-{drawn.chart.name}.{form}"'
    return answer


_FILES: Mapping[str, Callable[[Drawn], bytes]] = {
    "csv": lambda drawn: csv_of_rows(drawn.columns, drawn.rows, missing=drawn.missing).encode(),
    "json": lambda drawn: written(drawn.chart).encode(),
    "svg": lambda drawn: drawing.draw(drawn.chart, shapes()).encode(),
    "parquet": lambda drawn: figures.parquet(drawn.columns, drawn.rows),
}
