"""One figure: its page with chart, table, method and files; each file by its ending."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries.addresses import HOME
from stoa.insights.queries.boards import board_of
from stoa.insights.queries.cards import FORMS, card_of
from stoa.insights.queries.charted import KINDS, METRICS
from stoa.insights.queries.charts import chart_of
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.files import csv_of, parquet_of, sql_of
from stoa.insights.queries.names import DIMENSIONS
from stoa.insights.queries.shapes import shapes
from stoa.insights.queries.within import TooFew
from stoa.insights.rules.charts import drawing
from stoa.insights.rules.charts.specification import written
from stoa.insights.rules.figures import FIGURES, Figure
from stoa.insights.views import fresh
from stoa.insights.views.asking import Link, Looked, away, looked, too_few


@dataclass(frozen=True, kw_only=True)
class File:
    """A file to take along."""

    form: str
    url: str
    words: str


@require_safe
def page(request: HttpRequest, name: str, course: str = "") -> HttpResponse:
    """A figure by itself."""
    figure = _figure(name)
    try:
        page = looked(request, f"figures/{name}/", course=course)
    except FiguresUnavailable:
        return away(request)
    except TooFew:
        return too_few(request, course)
    card = card_of(figure, page.overview, page.address, most=1000)
    shown = {
        "card": card,
        "board": board_of(page.overview, page.address),
        "views": page.views,
        "rows": card.bars,
        "heads": (str(DIMENSIONS[figure.dimension]) if figure.dimension else _("Group"), _("Number"), _("Share")),
        "files": [File(form=form, url=card.links[form], words=words_of(form)) for form in FORMS],
        "crumbs": [*page.crumbs, ("", card.chart.title)],
        "ways": [] if course else _ways(name, page),
        "nav": "insights",
    }
    return fresh.page(request, "insights/figure.html", shown, answer=page.overview)


@require_safe
def file(request: HttpRequest, name: str, form: str, course: str = "") -> HttpResponse:
    """A figure as a file: what it shows, no more and no less."""
    figure, write = _figure(name), _FILES.get(form)
    if write is None:
        raise Http404
    try:
        page = looked(request, f"figures/{name}/", course=course)
        answer = HttpResponse(write(figure, page), content_type=TYPES[form])
    except FiguresUnavailable:
        return away(request)
    except TooFew:
        return too_few(request, course)
    answer["Content-Disposition"] = f'attachment; filename="stoa-{name}.{form}"'
    return answer


def _ways(name: str, page: Looked) -> list[Link]:
    """The other ways in which its metric is drawn."""
    metric = next((one for one in METRICS.values() if one.figure == ("countries" if name == "map" else name)), None)
    if metric is None:
        return []
    address = page.address.to(page.choice, path=f"{HOME}charts/{metric.name}/")
    joint = "&" if "?" in address else "?"
    return [Link(words=str(words), url=f"{address}{joint}as={kind}", here=False) for kind, words in KINDS.items()]


def _figure(name: str) -> Figure:
    if name not in FIGURES:
        raise Http404
    return FIGURES[name]


def _svg(figure: Figure, page: Looked) -> bytes:
    return drawing.draw(chart_of(figure, page.overview), shapes()).encode()


_FILES: Mapping[str, Callable[[Figure, Looked], bytes]] = {
    "csv": lambda figure, page: csv_of(chart_of(figure, page.overview)).encode(),
    "json": lambda figure, page: written(chart_of(figure, page.overview)).encode(),
    "svg": _svg,
    "parquet": lambda figure, page: parquet_of(figure, page.choice, page.looker),
    "sql": lambda figure, page: sql_of(figure, page.choice, page.looker).encode(),
}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "parquet": "application/vnd.apache.parquet",
    "sql": "text/plain; charset=utf-8",
}


def words_of(form: str) -> str:
    """What a file of a form is for."""
    return {
        "csv": _("the table, for spreadsheets"),
        "parquet": _("the table with all its counts, for data tools"),
        "json": _("the chart's specification: `stoa insights draw` makes the same picture of it"),
        "sql": _("the question that was put to the data"),
        "svg": _("the picture"),
    }[form]
