"""News of a run: everyone reads it, its instructors write it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.catalogue.queries import run_for
from stoa.courseware import actions
from stoa.courseware.forms import AnnouncementForm
from stoa.courseware.models import Announcement
from stoa.courseware.queries import Desk, announcement_for, announcements_of
from stoa.courseware.views.desks import desk_of, signed_in, slowed
from stoa.kernel.clock import now


@require_http_methods(["GET", "POST"])
def announcements(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """The announcements of a run, and for its instructors the form to write one."""
    desk = desk_of(request, course, run)
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, desk, form, 200)
    if not desk.leads:
        raise Http404
    if not form.is_valid():
        return _page(request, desk, form, 422)
    if wait := slowed(request):
        form.add_error(None, wait)
        return _page(request, desk, form, 429)
    at_run = run_for(request.user, course=course, run=run)
    actions.announce(run=at_run, by=signed_in(request), at=now(), **form.cleaned_data)
    messages.success(request, _("The announcement is here, and on its way to the learners by mail."))
    return redirect(f"{desk.address}announcements/")


@login_required
@require_POST
def removal(request: HttpRequest, course: str, run: str, pk: int) -> HttpResponse:
    """Take an announcement off the site."""
    desk = desk_of(request, course, run)
    if not desk.leads:
        raise Http404
    try:
        actions.withdraw_announcement(announcement=announcement_for(desk.run_id, pk))
    except Announcement.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("The announcement is gone from the site. Mails that left can't be called back."))
    return redirect(f"{desk.address}announcements/")


def _page(request: HttpRequest, desk: Desk, form: AnnouncementForm, status: int) -> HttpResponse:
    context = {"desk": desk, "news": announcements_of([desk.run_id], most=50), "form": form, "nav": "learning"}
    return render(request, "courseware/announcements.html", context, status=status)
