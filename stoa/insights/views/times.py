"""The five counters with how they went, and organisations side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME
from stoa.insights.queries.comparing import side_by_side
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.trends import counters_of, series_of, trend_charts
from stoa.insights.views import fresh
from stoa.insights.views.asking import away, looked
from stoa.insights.views.drawn import file_of, page_of

OVER_TIME = f"{HOME}overview/"


@require_safe
def over_time(request: HttpRequest) -> HttpResponse:
    """Courses, credentials, participants, hours, events; participants, countries, goals and topics by month."""
    try:
        page = looked(request, "overview/")
        head, trend = figures.headline(), figures.trend(page.looker.view)
    except FiguresUnavailable:
        return away(request)
    shown = {
        "kpis": counters_of(head),
        "series": series_of(trend),
        "crumbs": [(HOME, _("Insights")), ("", _("Over time"))],
        "nav": "insights",
    }
    return fresh.page(request, "insights/overview.html", shown, answer=trend)


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One of the four series by itself."""
    try:
        drawn = _drawn(request, name)
    except FiguresUnavailable:
        return away(request)
    return page_of(request, drawn, home=OVER_TIME, crumbs=[(HOME, _("Insights")), (OVER_TIME, _("Over time"))])


@require_safe
def file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One of the four series as a file."""
    try:
        drawn = _drawn(request, name)
        return file_of(drawn, form, sql=lambda: drawn.sql)
    except FiguresUnavailable:
        return away(request)


def _drawn(request: HttpRequest, name: str) -> Drawn:
    drawn = trend_charts(figures.trend(looked(request, "overview/").looker.view)).get(name)
    if drawn is None:
        raise Http404
    return drawn


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Each organisation in a column, by the same counts."""
    try:
        page = looked(request, "compare/")
        table = side_by_side(page.overview, page.address)
    except FiguresUnavailable:
        return away(request)
    shown = {
        "table": table,
        "links": {form or "page": page.address.figure("organisations", page.choice, form=form) for form in ("", "csv")},
        "board": None,
        "promise": page.promise,
        "crumbs": [(HOME, _("Insights")), ("", _("Side by side"))],
        "nav": "insights",
    }
    return fresh.page(request, "insights/compare.html", shown, answer=page.overview)
