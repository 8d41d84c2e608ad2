"""Evidence that one account collected answers for another: for those who give the course, and no verdict."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.harvests import findings
from stoa.insights.queries.looking import key_of, taught_run
from stoa.insights.views.asking import away


@login_required
@require_safe
def harvests(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """The pairs of one run, with everything that speaks for a look at them."""
    found = taught_run(request.user, course=course, run=run)
    try:
        answer = figures.harvested(key_of(found))
    except FiguresUnavailable:
        return away(request)
    home = f"/courses/{course}/runs/{run}/"
    shown = {
        "findings": findings(answer),
        "title": found.course.title,
        "run": found.code,
        "crumbs": [
            (home, found.course.title),
            (f"{home}insights/", _("Insights")),
            ("", _("Answers that two accounts share")),
        ],
        "nav": "learning",
    }
    return render(request, "insights/harvests.html", shown)
