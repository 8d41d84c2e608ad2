"""Where MOOC videos reach their learners (R093)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME, Address
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.lookers import Looker
from stoa.insights.queries.media import csv_of, media_page
from stoa.insights.rules.answers import Media
from stoa.insights.rules.dimensions import Choice
from stoa.insights.rules.media import SHOWN
from stoa.insights.views import fresh
from stoa.insights.views.asking import away, looker_for, views_of

PATH = f"{HOME}media/"


@require_safe
def by_country(request: HttpRequest) -> HttpResponse:
    """Failures of tries by country, with participation beside them."""
    looker: Looker = looker_for(request)
    address = Address(path=PATH, view=looker.view)
    try:
        answer = _asked(looker)
    except FiguresUnavailable:
        return away(request)
    shown = {
        "media": media_page(answer),
        "views": views_of(looker, address),
        "file_url": address.to(Choice(), path=f"{HOME}media.csv"),
        "crumbs": [(address.to(Choice(), path=HOME), _("Insights")), ("", _("Media by country"))],
        "nav": "insights",
    }
    return fresh.page(request, "insights/media.html", shown, answer=answer)


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    try:
        answer = _asked(looker_for(request))
    except FiguresUnavailable:
        return away(request)
    response = HttpResponse(csv_of(answer), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="stoa-media.csv"'
    return response


def _asked(looker: Looker) -> Media:
    return figures.media(SHOWN, looker.view, own=looker.own)
