"""Five metrics, each on a map, as bars, as a pie."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME
from stoa.insights.queries.cards import FORMS, card_from
from stoa.insights.queries.charted import KINDS, METRICS, charted, questions_of
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.files import csv_of, shown_rows
from stoa.insights.queries.shapes import shapes
from stoa.insights.rules.answers import Overview
from stoa.insights.rules.charts import drawing
from stoa.insights.rules.charts.specification import Chart, Kind, written
from stoa.insights.rules.dimensions import Choice
from stoa.insights.rules.figures import FIGURES
from stoa.insights.views import fresh
from stoa.insights.views.asking import Link, Looked, away, looked
from stoa.insights.views.figures import TYPES


@require_safe
def chart(request: HttpRequest, metric: str) -> HttpResponse:
    """One of the five, in the way that the address says."""
    kind = _kind(request)
    try:
        page = looked(request, f"charts/{metric}/", rest=(("as", kind.value),))
        drawn = _drawn(metric, kind, page)
    except FiguresUnavailable:
        return away(request)
    if form := request.GET.get("file"):
        return _file(drawn, form, page)
    card = card_from(drawn, FIGURES["countries"], page.overview, page.address, most=1000)
    shown = {
        "card": card,
        "rows": card.bars,
        "heads": (_("Group"), _("Number"), _("Share")),
        "metrics": [_link(page, one.name, kind, one.title, here=one.name == metric) for one in METRICS.values()],
        "kinds": [_link(page, metric, one, words, here=one is kind) for one, words in KINDS.items()],
        "files": [(form, f"{page.address.to(page.choice)}&file={form}") for form in FORMS],
        "crumbs": [(page.address.to(page.choice, path=HOME), _("Insights")), ("", str(METRICS[metric].title))],
        "nav": "insights",
    }
    return fresh.page(request, "insights/chart.html", shown, answer=page.overview)


def _drawn(metric: str, kind: Kind, page: Looked) -> Chart:
    if metric not in METRICS:
        raise Http404

    def asks(choice: Choice) -> Overview:
        return figures.overview(choice, page.looker.view, own=page.looker.own)

    return replace(charted(METRICS[metric], kind, page.choice, asks), name=metric)


def _kind(request: HttpRequest) -> Kind:
    asked = request.GET.get("as", Kind.MAP)
    return next((kind for kind in KINDS if kind.value == asked), Kind.MAP)


def _link(page: Looked, metric: str, kind: Kind, words: Promise, *, here: bool) -> Link:
    address = page.address.to(page.choice, path=f"{HOME}charts/{metric}/")
    return Link(words=str(words), url=f"{address}{'&' if '?' in address else '?'}as={kind.value}", here=here)


def _file(drawn: Chart, form: str, page: Looked) -> HttpResponse:
    if form not in TYPES:
        raise Http404
    answer = HttpResponse(_FILES[form](drawn, page), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="stoa-{drawn.name}-{drawn.kind}.{form}"'
    return answer


def _sql(drawn: Chart, page: Looked) -> bytes:
    metric = METRICS[drawn.name]
    asked = questions_of(metric, drawn.kind, page.overview)
    tables = (figures.table(name, choice, page.looker.view, own=page.looker.own) for name, choice in asked)
    return "\n".join(table.sql for table in tables).encode()


_FILES: Mapping[str, Callable[[Chart, Looked], bytes]] = {
    "csv": lambda drawn, _page: csv_of(drawn).encode(),
    "json": lambda drawn, _page: written(drawn).encode(),
    "svg": lambda drawn, _page: drawing.draw(drawn, shapes()).encode(),
    "parquet": lambda drawn, _page: figures.parquet(*shown_rows(drawn)),
    "sql": _sql,
}
