"""The board: of all courses, or of one."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.addresses import HOME, Address
from stoa.insights.queries.boards import board_of
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.media import media_links, media_page
from stoa.insights.queries.within import TooFew
from stoa.insights.rules.dimensions import View
from stoa.insights.rules.figures import BOARD, COURSE_BOARD, MOST_ROWS
from stoa.insights.rules.media import SHOWN
from stoa.insights.views import fresh
from stoa.insights.views.asking import Looked, away, looked, own_board_of, too_few


@require_safe
def board(request: HttpRequest, course: str = "") -> HttpResponse:
    """Figures that filter one another."""
    try:
        page = looked(request, course=course)
    except FiguresUnavailable:
        return away(request)
    except TooFew:
        return too_few(request, course)
    shown = {
        "board": board_of(page.overview, page.address, figures=COURSE_BOARD if course else BOARD),
        "views": page.views,
        "promise": page.promise,
        "since": page.since,
        "nav": "insights",
    }
    if page.place:
        among = Address(view=page.looker.view).to(page.choice)
        shown |= {
            "place": page.place,
            "among_url": among,
            "runs": page.run_links,
            "crumbs": [page.crumbs[0], ("", _("Insights"))],
        }
        return fresh.page(request, "insights/course.html", shown, answer=page.overview)
    shown |= {
        **_media(page),
        "own_board": own_board_of(page.choice),
        "overview_url": page.address.to(page.choice, path=f"{HOME}overview/"),
        "compare_url": page.address.to(page.choice, path=f"{HOME}compare/"),
    }
    return fresh.page(request, "insights/board.html", shown, answer=page.overview)


def _media(page: Looked) -> dict[str, object]:
    """Where media fail: on the board of those who can do something about it, or look into it."""
    links = media_links(page.address)
    url = links["page"]
    if page.looker.view not in {View.RESEARCHER, View.TEAM}:
        return {"media_url": url}
    with suppress(FiguresUnavailable):
        answer = figures.media(SHOWN, page.looker.view, own=page.looker.own)
        return {"media_url": url, "media": media_page(answer, links, most=MOST_ROWS).card}
    return {"media_url": url}
