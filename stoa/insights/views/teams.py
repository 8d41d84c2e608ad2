"""What the team of a run sees of it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.accounts.models import Person
from stoa.catalogue.queries import may_teach, run_for
from stoa.courseware.queries import course_key
from stoa.insights.queries import figures
from stoa.insights.queries.attrition import splits
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.survey_tables import survey_tables
from stoa.insights.queries.team_page import team_page
from stoa.insights.views import fresh
from stoa.insights.views.asking import away


@login_required
@require_safe
def team(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Exact figures of one run: only those who give the course see them."""
    person = request.user
    if not isinstance(person, Person):
        raise Http404
    found = run_for(person, course=course, run=run)
    if not may_teach(person, found.course):
        raise Http404
    key = course_key(organisation=found.course.organisation.slug, course=found.course.code, run=found.code)
    try:
        answer = figures.course(key)
    except FiguresUnavailable:
        return away(request)
    home = f"/courses/{course}/runs/{run}/"
    shown = {
        "page": team_page(answer),
        "surveys": survey_tables(found),
        "splits": splits(answer),
        "crumbs": [(home, found.course.title), (f"{home}health/", _("Course health")), ("", _("Insights"))],
        "board_url": f"/insights/?course={key.replace('+', '%2B')}&view=team",
        "nav": "learning",
    }
    return fresh.page(request, "insights/team.html", shown, answer=answer)
