"""Where MOOC videos reach their learners (R093)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME, Address
from stoa.insights.queries.cards import FORMS
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.lookers import Looker
from stoa.insights.queries.media import media_drawn, media_links, media_page
from stoa.insights.rules.answers import Media
from stoa.insights.rules.dimensions import Choice
from stoa.insights.rules.media import SHOWN
from stoa.insights.views import fresh
from stoa.insights.views.asking import away, looker_for, views_of
from stoa.insights.views.drawn import file_of
from stoa.insights.views.figures import File, words_of

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
    media = media_page(answer, media_links(address))
    shown = {
        "media": media,
        "card": media.card,
        "files": [File(form=form, url=media.card.links[form], words=words_of(form)) for form in FORMS],
        "views": views_of(looker, address),
        "crumbs": [(address.to(Choice(), path=HOME), _("Insights")), ("", _("Media by country"))],
        "nav": "insights",
    }
    return fresh.page(request, "insights/media.html", shown, answer=answer)


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file."""
    try:
        drawn = media_drawn(_asked(looker_for(request)))
        return file_of(drawn, form, sql=lambda: drawn.sql)
    except FiguresUnavailable:
        return away(request)


def _asked(looker: Looker) -> Media:
    return figures.media(SHOWN, looker.view, own=looker.own)
