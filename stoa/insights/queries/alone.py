"""Who looks where Insights runs alone: everybody the same."""

from django.conf import settings
from django.http import HttpRequest

from stoa.insights.queries.lookers import Looker, taken
from stoa.insights.rules.dimensions import View


def looker_for(request: HttpRequest) -> Looker:
    """Public and press; exact figures too where whoever started it said so."""
    exact = (View.TEAM,) if getattr(settings, "INSIGHTS_EXACT", False) else ()
    return taken(request.GET.get("view", ""), (View.PUBLIC, View.PRESS, *exact), None)
