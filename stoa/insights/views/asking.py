"""What every page asks first: who looks, what is chosen, and what the engine says."""

from dataclasses import dataclass, replace
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
from stoa.insights.queries.within import SAME_WITHIN, TooFew, Within
from stoa.insights.rules.answers import Overview
from stoa.insights.rules.dimensions import Choice, Dimension, View, chosen
from stoa.insights.rules.questions import Asked, Question

# Where Insights runs alone there are no people and no courses to ask for rights.
_KNOWN = apps.is_installed("stoa.catalogue")
looker_for, within, own_board_of = (
    import_string(f"stoa.insights.queries.{'looking' if _KNOWN else 'alone'}.{name}")
    for name in ("looker_for", "within", "own_board_of")
)

EVERYTHING = Choice()


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
    place: Within | None = None
    """The course whose board it is; None where it is that of all courses."""

    runs: tuple[str, ...] = ()
    """The codes of its runs that enough people are in."""

    @property
    def run_links(self) -> list[Link]:
        """Its runs to choose from: all of them, or one."""
        every = replace(self.address, always=())
        ones = [(code, replace(every, always=((Dimension.RUN.value, code),))) for code in self.runs]
        links = [(_("All runs"), every), *((_("Run %(run)s") % {"run": code}, one) for code, one in ones)]
        return [Link(words=words, url=to.to(self.choice), here=to.always == self.address.always) for words, to in links]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way to the board, for pages below it."""
        if self.place is None:
            return [(self.address.to(self.choice, path=HOME), _("Insights"))]
        return [(self.place.url, self.place.title), (self.address.to(self.choice, path=self.place.home), _("Insights"))]

    @property
    def views(self) -> list[Link]:
        """The views to choose from."""
        return views_of(self.looker, self.address, self.choice)

    @property
    def promise(self) -> str:
        """What this view never shows."""
        least = self.looker.view.smallest_cell
        if least == 1:
            return _("These are exact figures of your own courses: they are for the team only.")
        return _("Groups under %(n)s people are hidden, and others beside them so that nobody can work them out.") % {
            "n": least
        }


def views_of(looker: Looker, address: Address, choice: Choice = EVERYTHING) -> list[Link]:
    """The views that somebody may take of a page."""
    return [Link(words=str(VIEWS[one]), url=_as(address, one, choice), here=one is looker.view) for one in looker.may]


def looked(
    request: HttpRequest, below: str = "", *, rest: tuple[tuple[str, str], ...] = (), course: str = ""
) -> Looked:
    """Ask the engine for what the address says; `below` is the page's place on its board, `course` whose board it is.

    Raises FiguresUnavailable where the engine is away and was never asked this, TooFew where the course is too small.
    """
    looker: Looker = looker_for(request)
    wanted = chosen((name, key) for name, keys in request.GET.lists() for key in keys)
    if course:
        return _within(within(request.user, course), below, looker, wanted)
    overview, since = _overview(wanted, looker)
    address = Address(path=f"{HOME}{below}", view=looker.view, rest=rest)
    return Looked(looker=looker, choice=wanted, overview=overview, address=address, since=since)


def _within(place: Within, below: str, looker: Looker, wanted: Choice) -> Looked:
    there = place.shown(_overview(Choice(), looker)[0])
    codes = [code for code in wanted.of(Dimension.RUN) if code in there]
    held = place.choice(codes)
    whole = _overview(held, looker)[0].shown
    if whole is None and there and not codes:
        # All runs together would tell on one of them.
        held = place.choice(there)
        whole = _overview(held, looker)[0].shown
    if whole is None or not whole.registered:
        raise TooFew
    free = {name: keys for name, keys in wanted.keys.items() if name not in SAME_WITHIN}
    choice = Choice(keys={**free, **held.keys})
    overview, since = _overview(choice, looker)
    return Looked(
        looker=looker,
        choice=choice,
        overview=replace(overview, everyone=whole),
        address=Address(
            path=f"{place.home}{below}",
            view=looker.view,
            home=place.home,
            held=tuple(held.keys),
            always=tuple((Dimension.RUN.value, code) for code in codes),
        ),
        since=since,
        place=place,
        runs=tuple(there),
    )


def _overview(choice: Choice, looker: Looker) -> tuple[Overview, datetime | None]:
    """The page, and when it was counted where the engine is away. Raises FiguresUnavailable."""
    try:
        return figures.overview(choice, looker.view, own=looker.own), None
    except FiguresUnavailable:
        question = Question(asked=Asked.OVERVIEW, choice=choice, view=looker.view, own=looker.own)
        kept = figures.last_known(question)
        if kept is None or not isinstance(kept.answer, Overview):
            raise
        return kept.answer, kept.at


def away(request: HttpRequest) -> HttpResponse:
    """The engine does not answer: say so, and that it comes back."""
    return render(request, "insights/away.html", {"again": request.get_full_path(), "nav": "insights"}, status=503)


def too_few(request: HttpRequest, course: str) -> HttpResponse:
    """The course has too few people: say so, and since when there will be something to see."""
    place = within(request.user, course)
    least = looker_for(request).view.smallest_cell
    shown = {"place": place, "least": least, "crumbs": [(place.url, place.title), ("", _("Insights"))]}
    return render(request, "insights/too-few.html", {**shown, "nav": "insights"})


def _as(address: Address, view: View, choice: Choice) -> str:
    return Address(path=address.path, view=view, rest=address.rest).to(choice)
