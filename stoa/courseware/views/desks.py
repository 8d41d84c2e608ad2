"""Every page of a run begins at the reader's desk."""

from datetime import timedelta
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from stoa.accounts.actions import Limit, TooOften, asker, spend
from stoa.accounts.models import Person
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, RunUnknown, desk_for
from stoa.kernel.clock import now
from stoa.kernel.tracking import in_course

POSTING = Limit(name="posting", burst=20, every=timedelta(seconds=20))


def desk_of(request: HttpRequest, course: str, run: str, step: str = "") -> Desk:
    """The reader's desk; a run that they may not see does not exist."""
    try:
        desk = desk_for(request.user, course=course, run=run, step=step)
    except RunUnknown as unknown:
        raise Http404 from unknown
    in_course(course_id=desk.course_key, org_id=desk.organisation)
    return desk


def seat_of(desk: Desk) -> Enrolment:
    """The enrolment behind the desk; whoever isn't enrolled has none here."""
    if desk.enrolment is None:
        raise Http404
    return desk.enrolment


def signed_in(request: HttpRequest) -> Person:
    """Who asks, in views that nobody else reaches."""
    return cast("Person", request.user)


def back(request: HttpRequest, otherwise: str) -> str:
    """Where the form says to go on, if that is a place of this site."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    fine = url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wish if wish and fine else otherwise


def slowed(request: HttpRequest) -> str:
    """Take one from what a reader may post; says how long to wait where that was too often, else nothing."""
    try:
        spend(limit=POSTING, key=asker(request), at=now())
    except TooOften as too_often:
        return _("That was too often. Wait %(seconds)s seconds and send it again; your words are kept here.") % {
            "seconds": too_often.seconds
        }
    return ""


def again(request: HttpRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    """The form once more, with every word that was typed."""
    return render(request, template, context, status=status)
