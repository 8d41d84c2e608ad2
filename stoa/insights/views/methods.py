"""How Insights counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME
from stoa.insights.queries.charts import title_of
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.lags import lag_in_words, places_in_words
from stoa.insights.queries.methods import method_of
from stoa.insights.rules.figures import FIGURES


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Every definition, what is never shown, and how the machinery does."""
    try:
        system, metrics = figures.system(), figures.definitions()
    except FiguresUnavailable:
        system, metrics = None, None
    shown = {
        "notes": [(name, title_of(figure), method_of(figure)) for name, figure in FIGURES.items()],
        "system": system,
        "places": places_in_words(system) if system else "",
        "lag": lag_in_words(system) if system else "",
        "tables": metrics.tables if metrics else (),
        "crumbs": [(HOME, _("Insights")), ("", _("How Insights counts"))],
        "nav": "insights",
    }
    return render(request, "insights/method.html", shown)
