"""The board, and how things went over time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stoa.insights.queries.boards import board_of
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.views.asking import away, looked
from stoa.kernel.clock import now


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Figures that filter one another."""
    try:
        page = looked(request)
    except FiguresUnavailable:
        return away(request)
    shown = {
        "board": board_of(page.overview, page.address, now=now()),
        "views": page.views,
        "promise": page.promise,
        "since": page.since,
        "overview_url": page.address.to(page.choice, path="/insights/overview/"),
        "compare_url": page.address.to(page.choice, path="/insights/compare/"),
        "nav": "insights",
    }
    return render(request, "insights/board.html", shown)
