"""One figure of a run's team: its page with chart, table, method and files; each file by its ending."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.teams import TeamOf, team_of
from stoa.insights.views.asking import away
from stoa.insights.views.drawn import file_of, page_of


@login_required
@require_safe
def page(request: HttpRequest, course: str, run: str, name: str) -> HttpResponse:
    """A figure by itself."""
    team = team_of(request.user, course=course, run=run)
    try:
        drawn = _drawn(team, name)
    except FiguresUnavailable:
        return away(request)
    crumbs = [(team.url, team.title), (team.home, _("Insights"))]
    return page_of(request, drawn, home=team.home, crumbs=crumbs, exact=True)


@login_required
@require_safe
def file(request: HttpRequest, course: str, run: str, name: str, form: str) -> HttpResponse:
    """A figure as a file."""
    team = team_of(request.user, course=course, run=run)
    try:
        drawn = _drawn(team, name)
        return file_of(drawn, form, sql=lambda: drawn.sql or team.sql_of(drawn.part))
    except FiguresUnavailable:
        return away(request)


def _drawn(team: TeamOf, name: str) -> Drawn:
    drawn = team.charts().get(name)
    if drawn is None:
        raise Http404
    return drawn
