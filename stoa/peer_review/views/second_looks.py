"""A second look at appealed work, by readers who know nothing of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.peer_review.actions import (
    NothingToReadAnew,
    ReviewOver,
    ReviewRefused,
    decline_fresh_reading,
    give_fresh_reading,
    read_anew,
)
from stoa.peer_review.models import FreshReading
from stoa.peer_review.queries.fresh_page import ReadingUnknown, fresh_reading_for, fresh_reading_page
from stoa.peer_review.queries.review_form import Written
from stoa.peer_review.queries.review_page import refused
from stoa.peer_review.views.seats import Seat, marks_in, seat_at

UNPROCESSABLE = 422


@login_required
@require_POST
def second_looks(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Take the work that needs a second look."""
    seat = seat_at(request, course, run, item)
    try:
        taken = read_anew(assignment=seat.assignment, person=seat.person, at=seat.at)
    except NothingToReadAnew:
        messages.info(request, _("Somebody was faster: no second look is asked of you any more."))
        return redirect(f"{seat.address}reviews/")
    return redirect(f"{seat.address}second-look/{taken.token}/")


@login_required
@require_http_methods(["GET", "POST"])
def second_look(request: HttpRequest, course: str, run: str, item: str, token: str) -> HttpResponse:
    """Read the work blind and judge it."""
    seat = seat_at(request, course, run, item)
    reading = _own(seat, token)
    if request.method == "POST":
        return _give(request, seat, reading)
    return _answer(request, seat, reading)


@login_required
@require_POST
def giving_back(request: HttpRequest, course: str, run: str, item: str, token: str) -> HttpResponse:
    """Leave the second look to others."""
    seat = seat_at(request, course, run, item)
    decline_fresh_reading(reading=_own(seat, token), at=seat.at)
    messages.success(request, _("Thank you for saying so: somebody else is asked."))
    return redirect(f"{seat.address}reviews/")


def _own(seat: Seat, token: str) -> FreshReading:
    try:
        return fresh_reading_for(seat.assignment, token, seat.person.pk)
    except ReadingUnknown as unknown:
        raise Http404 from unknown


def _give(request: HttpRequest, seat: Seat, reading: FreshReading) -> HttpResponse:
    marks = marks_in(request)
    try:
        give_fresh_reading(reading=reading, marks=marks, at=seat.at)
    except ReviewRefused as lacking:
        problem = _("Mend what is marked below; all that you typed is kept.")
        return _answer(request, seat, reading, written=refused(marks, lacking.faults), problem=problem)
    except ReviewOver:
        messages.info(request, _("An instructor has read it in the meantime. Thank you all the same."))
        return redirect(f"{seat.address}reviews/")
    messages.success(request, _("Thank you: your second look counts."))
    return redirect(f"{seat.address}reviews/")


def _answer(
    request: HttpRequest, seat: Seat, reading: FreshReading, *, written: Written | None = None, problem: str = ""
) -> HttpResponse:
    page = fresh_reading_page(seat.desk, seat.assignment, reading, now=seat.at, written=written, problem=problem)
    status = UNPROCESSABLE if problem else 200
    return render(request, "peer_review/review/judge.html", {"page": page, "nav": "learning"}, status=status)
