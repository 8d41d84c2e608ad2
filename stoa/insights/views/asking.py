"""What every page asks first: who looks, what is chosen, and what the engine says."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME, Address
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.lookers import VIEWS, Looker
from stoa.insights.rules.answers import Overview
from stoa.insights.rules.dimensions import Choice, View, chosen
from stoa.insights.rules.questions import Asked, Question

# Where Insights runs alone there are no people and no courses to ask for rights.
looker_for = import_string(
    "stoa.insights.queries.looking.looker_for"
    if apps.is_installed("stoa.catalogue")
    else "stoa.insights.queries.alone.looker_for"
)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to look."""

    words: str
    url: str
    here: bool


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A request to Insights, understood: `since` is when the answer was given, where it is one of before."""

    looker: Looker
    choice: Choice
    overview: Overview
    address: Address
    since: datetime | None = None

    @property
    def views(self) -> list[Link]:
        """The views to choose from."""
        return [
            Link(words=str(VIEWS[one]), url=_as(self.address, one, self.choice), here=one is self.looker.view)
            for one in self.looker.may
        ]

    @property
    def promise(self) -> str:
        """What this view never shows."""
        least = self.looker.view.smallest_cell
        if least == 1:
            return _("These are exact figures of your own courses: they are for the team only.")
        return _("Groups under %(n)s people are never shown.") % {"n": least}


def looked(request: HttpRequest, path: str = HOME, *, rest: tuple[tuple[str, str], ...] = ()) -> Looked:
    """Ask the engine for what the address says. Raises FiguresUnavailable where it is away and was never asked this."""
    looker: Looker = looker_for(request)
    choice = chosen((name, key) for name, keys in request.GET.lists() for key in keys)
    since = None
    try:
        overview = figures.overview(choice, looker.view, own=looker.own)
    except FiguresUnavailable:
        question = Question(asked=Asked.OVERVIEW, choice=choice, view=looker.view, own=looker.own)
        kept = figures.last_known(question)
        if kept is None or not isinstance(kept.answer, Overview):
            raise
        overview, since = kept.answer, kept.at
    address = Address(path=path, view=looker.view, rest=rest)
    return Looked(looker=looker, choice=choice, overview=overview, address=address, since=since)


def away(request: HttpRequest) -> HttpResponse:
    """The engine does not answer: say so, and that it comes back."""
    return render(request, "insights/away.html", {"again": request.get_full_path(), "nav": "insights"}, status=503)


def _as(address: Address, view: View, choice: Choice) -> str:
    return Address(path=address.path, view=view, rest=address.rest).to(choice)
