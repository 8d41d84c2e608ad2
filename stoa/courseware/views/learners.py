"""Who is enrolled, for the course team."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from stoa.courseware.queries import learners_of
from stoa.courseware.views.desks import desk_of


@login_required
@require_GET
def learners(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """The learners of a run by display name, a page at a time."""
    desk = desk_of(request, course, run)
    if not desk.leads:
        raise Http404
    containing = request.GET.get("q", "").strip()
    found = learners_of(desk, containing=containing, number=request.GET.get("page", "1"))
    context = {"desk": desk, "learners": found, "containing": containing, "nav": "learning"}
    return render(request, "courseware/learners.html", context)
