"""What the team of a run sees of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries.cards import card_alone
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.team_page import team_page
from stoa.insights.queries.teams import team_of
from stoa.insights.views import fresh
from stoa.insights.views.asking import away


@login_required
@require_safe
def team(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Exact figures of one run: only those who give the course see them."""
    found = team_of(request.user, course=course, run=run)
    try:
        answer, cohorts = found.answer(), found.cohorts()
    except FiguresUnavailable:
        return away(request)
    surveys = found.surveys()
    drawn = found.survey_charts(surveys, version=answer.version) | ({"cohorts": cohorts.drawn} if cohorts else {})
    cards = {name: card_alone(one.chart, {}) for name, one in drawn.items()}
    shown = {
        "page": team_page(answer),
        "surveys": surveys,
        "asked": [(one, cards.get(one.name)) for one in surveys.tables],
        "cohorts": cohorts,
        "cards": cards,
        "crumbs": [(found.url, found.title), (f"{found.url}health/", _("Course health")), ("", _("Insights"))],
        "board_url": f"/insights/?course={found.key.replace('+', '%2B')}&view=team",
        "nav": "learning",
    }
    return fresh.page(request, "insights/team.html", shown, answer=answer)
