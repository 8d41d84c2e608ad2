"""How learners do at the quizzes of a run, for its instructors."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stoa.assessment.queries import quiz_statistics
from stoa.assessment.rules.item_statistics import FEWEST
from stoa.courseware.queries import RunUnknown, desk_for


@login_required
@require_safe
def statistics(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Every quiz that somebody has answered, question by question."""
    try:
        desk = desk_for(request.user, course=course, run=run)
    except RunUnknown as unknown:
        raise Http404 from unknown
    if not desk.leads:
        raise Http404
    context = {"desk": desk, "quizzes": quiz_statistics(desk), "fewest": FEWEST, "nav": "learning"}
    return render(request, "assessment/statistics.html", context)
