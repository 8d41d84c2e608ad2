"""Who looks where Insights runs alone: everybody the same."""

from django.conf import settings
from django.http import Http404, HttpRequest

from stoa.insights.queries.lookers import Looker, taken
from stoa.insights.queries.within import Within
from stoa.insights.rules.dimensions import Choice, View


def looker_for(request: HttpRequest) -> Looker:
    """Public and press; exact figures too where whoever started it said so."""
    exact = (View.TEAM,) if getattr(settings, "INSIGHTS_EXACT", False) else ()
    return taken(request.GET.get("view", ""), (View.PUBLIC, View.PRESS, *exact), None)


def within(reader: object, slug: str) -> Within:
    """No course has pages here. Raises Http404."""
    raise Http404(f"{reader} asks for {slug}")


def own_board_of(choice: Choice) -> None:
    """No course has pages here, so none has a board of its own."""
    del choice
