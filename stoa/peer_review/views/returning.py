"""Giving work back with a reason, and telling staff that something is wrong with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.peer_review.actions import NoReason, ReviewOver, decline, flag_work
from stoa.peer_review.models import Review, WorkFlag
from stoa.peer_review.queries.headings import heading_of
from stoa.peer_review.queries.reasons import RETURNS, ReasonsPage, reasons_of
from stoa.peer_review.queries.review_page import OPEN
from stoa.peer_review.views.reviews import own
from stoa.peer_review.views.seats import Seat, seat_at

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def giving_back(request: HttpRequest, course: str, run: str, item: str, token: str) -> HttpResponse:
    """Give the work to another reader, and say why."""
    seat = seat_at(request, course, run, item)
    mine = own(seat, token)
    page = _return_page(seat, mine, chosen=request.GET.get("reason", ""))
    if mine.state not in OPEN:
        return redirect(page.back)
    if request.method != "POST":
        return _show(request, page)
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    if reason not in RETURNS:
        problem = _("Choose a reason, so that the work goes to the right reader next.")
        return _show(request, page.with_answer(reason=reason, words=words, problem=problem), status=UNPROCESSABLE)
    try:
        decline(review=mine, reason=Review.Reason(reason), note=words, at=seat.at)
        messages.success(request, _("Given back: it goes to another reader at once. You can read other work instead."))
    except ReviewOver as over:
        messages.info(request, str(over.__doc__))
    return redirect(f"{seat.address}reviews/")


@login_required
@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, course: str, run: str, item: str, token: str) -> HttpResponse:
    """Tell staff that something is wrong with the work; the review goes on."""
    seat = seat_at(request, course, run, item)
    mine = own(seat, token)
    page = _flag_page(seat, mine)
    if request.method != "POST":
        return _show(request, page)
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    try:
        flag_work(review=mine, reason=reason, words=words, at=seat.at)
    except NoReason as no_reason:
        answered = page.with_answer(reason=reason, words=words, problem=str(no_reason.__doc__))
        return _show(request, answered, status=UNPROCESSABLE)
    messages.success(request, _("Staff look into it. Judge the work as it stands; no score changes by a flag alone."))
    return redirect(page.back)


def _return_page(seat: Seat, mine: Review, *, chosen: str) -> ReasonsPage:
    address = f"{seat.address}reviews/{mine.token}/"
    return ReasonsPage(
        head=heading_of(seat.desk, seat.assignment, heading=_("Give this work back"), place=_("Give back")),
        address=f"{address}return/",
        back=address,
        lead=_("Nobody waits longer because of it, and it costs you nothing: you are given other work instead."),
        question=_("Why?"),
        reasons=reasons_of(RETURNS, chosen),
        words_label=_("Anything to add"),
        button=_("Give back"),
    )


def _flag_page(seat: Seat, mine: Review) -> ReasonsPage:
    address = f"{seat.address}reviews/{mine.token}/"
    return ReasonsPage(
        head=heading_of(seat.desk, seat.assignment, heading=_("Flag this work"), place=_("Flag")),
        address=f"{address}flag/",
        back=address,
        lead=_("Staff read what you write here; the author does not. Finish your review all the same if you can."),
        question=_("What is wrong with it?"),
        reasons=reasons_of(WorkFlag.Reason),
        words_label=_("What did you see, and where?"),
        button=_("Tell staff"),
    )


def _show(request: HttpRequest, page: ReasonsPage, *, status: int = 200) -> HttpResponse:
    return render(request, "peer_review/reasons.html", {"page": page, "nav": "learning"}, status=status)
