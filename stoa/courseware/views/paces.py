"""One's own way through a run: dates, rests, enough, the next run."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from stoa.catalogue.queries import next_run, run_for
from stoa.courseware import actions
from stoa.courseware.queries import Desk, dates_at
from stoa.courseware.views.desks import back, desk_of, seat_of, signed_in
from stoa.kernel.clock import now

WEEK = 7


@login_required
@require_safe
def pace(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """The learner's dates, and all they may do about them."""
    desk = desk_of(request, course, run)
    seat_of(desk)
    context = {"desk": desk, "dates": dates_at(desk), "other": next_run(desk.course_id, beside=desk.run_id, now=now())}
    return render(request, "courseware/pace.html", {**context, "zone": signed_in(request).time_zone, "nav": "learning"})


@login_required
@require_POST
def later(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Shift all dates by a week."""
    desk = desk_of(request, course, run)
    try:
        actions.shift_dates(enrolment=seat_of(desk), days=WEEK, at=now())
    except actions.ShiftTooLong as refused:
        return _refused(request, desk, refused)
    return _said(request, desk, _("All your dates are a week later. Nothing else has changed."))


@login_required
@require_POST
def planned(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Back to the dates of the run."""
    desk = desk_of(request, course, run)
    actions.keep_planned_dates(enrolment=seat_of(desk))
    return _said(request, desk, _("Your dates are those of the run again."))


@login_required
@require_POST
def rest(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Pause."""
    desk = desk_of(request, course, run)
    actions.pause(enrolment=seat_of(desk), at=now())
    return _said(request, desk, _("You rest here from now on. No date runs and nothing reminds you."))


@login_required
@require_POST
def rest_over(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Go on after a pause."""
    desk = desk_of(request, course, run)
    days = actions.resume(enrolment=seat_of(desk), at=now())
    said = ngettext(
        "Welcome back. Your dates moved by %(n)s day.", "Welcome back. Your dates moved by %(n)s days.", days
    )
    return _said(request, desk, said % {"n": days})


@login_required
@require_POST
def content(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """I have what I wanted."""
    desk = desk_of(request, course, run)
    actions.be_content(enrolment=seat_of(desk), at=now())
    return _said(request, desk, _("Well done: you have what you wanted. Nothing reminds you; everything stays open."))


@login_required
@require_POST
def more(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Take it up again."""
    desk = desk_of(request, course, run)
    actions.want_more(enrolment=seat_of(desk))
    return _said(request, desk, _("You have taken it up again, where you were."))


@login_required
@require_POST
def another_run(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Go on in another run of the course, with everything."""
    desk = desk_of(request, course, run)
    to = run_for(request.user, course=course, run=request.POST.get("run", ""))
    try:
        actions.change_run(enrolment=seat_of(desk), to=to, at=now())
    except (
        actions.OtherCourse,
        actions.AlreadyThere,
        actions.EnrolmentClosed,
        actions.EnrolmentNotOpenYet,
    ) as refused:
        return _refused(request, desk, refused)
    messages.success(request, _("You go on in run %(run)s, with everything that you did.") % {"run": to.code})
    return redirect(f"/courses/{course}/runs/{to.code}/")


def _said(request: HttpRequest, desk: Desk, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(back(request, f"{desk.address}pace/"))


def _refused(request: HttpRequest, desk: Desk, reason: Exception) -> HttpResponse:
    messages.error(request, str(reason.__doc__))
    return redirect(f"{desk.address}pace/")
