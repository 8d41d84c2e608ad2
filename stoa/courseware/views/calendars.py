"""Calendar feeds: whoever knows the secret address reads the dates, without signing in, as calendars do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.courseware import actions
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, calendar_key_of, dates_at, desk_for, enrolment_by_calendar
from stoa.courseware.rules.calendars import Entry, calendar
from stoa.courseware.views.desks import desk_of, seat_of
from stoa.kernel.clock import now


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """The address of one's feed, and how to use it; a POST gives a new one."""
    desk = desk_of(request, course, run)
    seat = seat_of(desk)
    if request.method == "POST":
        actions.open_calendar(enrolment=seat, at=now())
        messages.success(request, _("This is your address. If you had another one, it leads nowhere now."))
        return redirect(f"{desk.address}calendar/")
    key = calendar_key_of(seat)
    address = request.build_absolute_uri(f"/calendars/{key}.ics") if key else ""
    context = {"desk": desk, "address": address, "dates": dates_at(desk), "nav": "learning"}
    return render(request, "courseware/calendar.html", context)


@login_required
@require_POST
def end(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Take the address back."""
    desk = desk_of(request, course, run)
    actions.close_calendar(enrolment=seat_of(desk))
    messages.success(request, _("The address leads nowhere now."))
    return redirect(f"{desk.address}calendar/")


@never_cache
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The dates of whose secret this is."""
    enrolment = enrolment_by_calendar(key)
    if enrolment is None:
        raise Http404
    desk = desk_for(enrolment.person, course=enrolment.run.course.slug, run=enrolment.run.code)
    with override(enrolment.person.language or None):
        words = calendar(desk.title, _entries(request, desk, enrolment), made_at=now())
    return HttpResponse(words, content_type="text/calendar; charset=utf-8")


def _entries(request: HttpRequest, desk: Desk, enrolment: Enrolment) -> list[Entry]:
    return [
        Entry(
            uid=f"{enrolment.pk}-{date.step.id}@{request.get_host()}",
            title=_("Done: %(title)s") % {"title": date.title} if date.done else date.title,
            due=date.due,
            url=request.build_absolute_uri(f"{desk.address}steps/{date.step.id}/"),
            words=_("%(course)s: a date of your own, that you can shift.") % {"course": desk.title},
        )
        for date in dates_at(desk)
    ]
