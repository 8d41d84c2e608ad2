"""Agreeing to read for others, and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.catalogue.models import Course
from stoa.courseware.queries import Desk, RunUnknown, desk_for
from stoa.kernel.clock import now
from stoa.peer_review.actions import stop_volunteering, volunteer
from stoa.peer_review.queries.volunteering import NotForYou, kind_of, volunteer_page
from stoa.peer_review.views.seats import signed_in


@login_required
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Say yes or no to reading work of this course that waits."""
    desk = _desk(request, course, run)
    try:
        if request.method == "POST":
            _decide(request, desk)
            return redirect(request.path)
        page = volunteer_page(desk, now=now())
    except NotForYou as other:
        raise Http404 from other
    return render(request, "peer_review/volunteer.html", {"page": page, "nav": "learning"})


def _desk(request: HttpRequest, course: str, run: str) -> Desk:
    try:
        return desk_for(request.user, course=course, run=run)
    except RunUnknown as unknown:
        raise Http404 from unknown


def _decide(request: HttpRequest, desk: Desk) -> None:
    person, course = signed_in(request), Course.objects.get(pk=desk.course_id)
    if request.POST.get("consent"):
        volunteer(course=course, person=person, kind=kind_of(desk), at=now())
        messages.success(request, _("Thank you. We show you work that waits, and mail you when there is some."))
    else:
        stop_volunteering(course=course, person=person)
        messages.success(request, _("Done: you are asked no more."))
