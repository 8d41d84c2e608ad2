"""Joining and leaving a run."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.catalogue.queries import State, dates_of, next_run, run_for
from stoa.courseware import actions
from stoa.courseware.queries import Desk, enrolment_of
from stoa.courseware.views.desks import back, desk_of, signed_in
from stoa.kernel.clock import now


@require_http_methods(["GET", "POST"])
def enrolment(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Enrol with one click, in all of the course or some of its modules."""
    desk = desk_of(request, course, run)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if request.method == "GET":
        return _page(request, desk)
    real = {module.id for module in desk.outline.modules}
    chosen = [module for module in request.POST.getlist("module") if module in real]
    joined = run_for(request.user, course=course, run=run)
    try:
        actions.enrol(run=joined, person=signed_in(request), at=now(), modules=chosen)
    except (actions.EnrolmentNotOpenYet, actions.EnrolmentClosed):
        return _page(request, desk, status=409)
    messages.success(request, _("You are enrolled. Everything here is open to you, and it costs nothing."))
    return redirect(back(request, desk.address))


def _page(request: HttpRequest, desk: Desk, *, status: int = 200) -> HttpResponse:
    """The form; or, while nobody may join, when one may and which other run takes learners today."""
    at, run = now(), dates_of(run_for(request.user, course=desk.course, run=desk.run))
    closed = not run.takes_learners(at) and run.state(at) is not State.ENDED
    shut = closed and desk.enrolment_id is None
    other = next_run(desk.course_id, beside=desk.run_id, now=at) if shut else None
    context = {"desk": desk, "shut": shut, "run": run, "other": other, "early": run.opens_later(at)}
    return render(request, "courseware/enrolment.html", {**context, "nav": "learning"}, status=status)


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Leave with one click; everything is kept."""
    desk = desk_of(request, course, run)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if request.method == "GET":
        return render(request, "courseware/withdrawal.html", {"desk": desk, "nav": "learning"})
    if left := enrolment_of(request.user, run_for(request.user, course=course, run=run)):
        actions.withdraw(enrolment=left, at=now())
    messages.success(request, _("You have left this run. Come back when you like: your progress and notes stay."))
    return redirect(back(request, f"/courses/{course}/"))
