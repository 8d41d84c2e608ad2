"""Joining and leaving a run."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.catalogue.queries import run_for
from stoa.courseware import actions
from stoa.courseware.queries import enrolment_of
from stoa.courseware.views.desks import back, desk_of, signed_in
from stoa.kernel.clock import now


@require_http_methods(["GET", "POST"])
def enrolment(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Enrol with one click, in all of the course or some of its modules."""
    desk = desk_of(request, course, run)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if request.method == "GET":
        return render(request, "courseware/enrolment.html", {"desk": desk, "nav": "learning"})
    real = {module.id for module in desk.outline.modules}
    chosen = [module for module in request.POST.getlist("module") if module in real]
    actions.enrol(
        run=run_for(request.user, course=course, run=run), person=signed_in(request), at=now(), modules=chosen
    )
    messages.success(request, _("You are enrolled. Everything here is open to you, and it costs nothing."))
    return redirect(back(request, desk.address))


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
