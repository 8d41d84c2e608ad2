"""The five counters with how they went, and organisations side by side."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME
from stoa.insights.queries.comparing import side_by_side
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.trends import counters_of, series_of
from stoa.insights.views import fresh
from stoa.insights.views.asking import away, looked


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
def compare(request: HttpRequest) -> HttpResponse:
    """Each organisation in a column, by the same counts."""
    try:
        page = looked(request, "compare/")
        table = side_by_side(page.overview, page.address)
    except FiguresUnavailable:
        return away(request)
    shown = {
        "table": table,
        "board": None,
        "promise": page.promise,
        "crumbs": [(HOME, _("Insights")), ("", _("Side by side"))],
        "nav": "insights",
    }
    return fresh.page(request, "insights/compare.html", shown, answer=page.overview)
