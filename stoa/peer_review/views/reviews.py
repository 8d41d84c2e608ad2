"""Reviewing: the next work, the form, its drafts, giving it back."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.accounts.actions import Limit, TooOften, asker, spend
from stoa.peer_review.actions import (
    Behaviour,
    NothingToRead,
    ReviewOver,
    ReviewRefused,
    ReviewsNotOpen,
    keep_alive,
    pull,
    save_review_draft,
    submit_review,
)
from stoa.peer_review.models import Review
from stoa.peer_review.queries.duties import reading_role
from stoa.peer_review.queries.judging import next_example
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.remarks_on import remarks_on
from stoa.peer_review.queries.review_form import Written
from stoa.peer_review.queries.review_page import (
    OPEN,
    ReviewUnknown,
    refused,
    remarked,
    review_for,
    review_page,
)
from stoa.peer_review.queries.reviews_given import given_page
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.views.seats import Seat, marks_in, seat_at, seconds_in

UNPROCESSABLE, TOO_OFTEN = 422, 429
SAVING = Limit(name="review-saving", burst=240, every=timedelta(seconds=0.5))
PIECE = "review"
EMPTY = "nothing-to-read"
"""In the address where nothing could be given to read."""


@login_required
@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """The reviews that one gave; posting asks for the next work to read."""
    seat = seat_at(request, course, run, item)
    if request.method == "POST":
        return _next(request, seat)
    page = given_page(seat.desk, seat.assignment, seat.person.pk, now=seat.at, empty=EMPTY in request.GET)
    return render(request, "peer_review/review/overview.html", {"page": page, "nav": "learning"})


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, course: str, run: str, item: str, token: str) -> HttpResponse:
    """A review: to write, to send; one that was sent can't be changed."""
    seat = seat_at(request, course, run, item)
    mine = own(seat, token)
    if mine.state not in OPEN:
        return redirect(f"{seat.address}reviews/")
    if request.method == "POST":
        return _submit(request, seat, mine)
    return _answer(request, seat, mine)


@login_required
@require_POST
def draft(request: HttpRequest, course: str, run: str, item: str, token: str) -> HttpResponse:
    """Keep what was typed. "Saved" is only said once it is committed."""
    seat = seat_at(request, course, run, item)
    mine = own(seat, token)
    try:
        spend(limit=SAVING, key=asker(request), at=seat.at)
        save_review_draft(review=mine, marks=marks_in(request), seconds=seconds_in(request), at=seat.at)
    except TooOften:
        return _answer(request, seat, mine, written=_typed(request), status=TOO_OFTEN)
    except ReviewOver as over:
        messages.info(request, str(over.__doc__))
    return _piece(request, seat, token)


@login_required
@require_POST
def lease(request: HttpRequest, course: str, run: str, item: str, token: str) -> HttpResponse:
    """Extend the time for which the work is kept: somebody is writing."""
    seat = seat_at(request, course, run, item)
    keep_alive(review=own(seat, token), at=seat.at)
    return _piece(request, seat, token)


def own(seat: Seat, token: str) -> Review:
    """The reader's own review; somebody else's does not exist."""
    try:
        return review_for(seat.desk, seat.assignment, token)
    except ReviewUnknown as unknown:
        raise Http404 from unknown


def _next(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Lead to the work to read next, or say why there is none."""
    role = reading_role(seat.desk, seat.assignment)
    if role is None:
        return redirect(f"{seat.address}reviews/")
    if seat.desk.enrolment is not None and next_example(seat.assignment, seat.desk.enrolment) is not None:
        return redirect(f"{seat.address}calibration/")
    try:
        taken = pull(assignment=seat.assignment, person=seat.person, role=role, at=seat.at)
    except ReviewsNotOpen:
        messages.info(request, _("Reviews are not open yet. The date is above."))
    except NothingToRead as nothing:
        messages.info(request, _nothing(credit_kept=nothing.credit_kept))
        return redirect(f"{seat.address}reviews/?{EMPTY}")
    else:
        return redirect(f"{seat.address}reviews/{taken.token}/")
    return redirect(f"{seat.address}reviews/")


def _nothing(*, credit_kept: bool) -> str:
    if credit_kept:
        return _("There is nothing left to read, so the reviews you could not give count as given.")
    return _("There is nothing for you to read at the moment. We tell you by mail when there is.")


def _submit(request: HttpRequest, seat: Seat, mine: Review) -> HttpResponse:
    marks = marks_in(request)
    if asked_back := _before_sending(request, seat, mine, marks):
        return asked_back
    try:
        submit_review(review=mine, marks=marks, behaviour=Behaviour(seconds=seconds_in(request)), at=seat.at)
    except ReviewRefused as lacking:
        problem = _("Mend what is marked below; all that you typed is kept.")
        written = refused(marks, lacking.faults)
        return _answer(request, seat, mine, written=written, problem=problem, status=UNPROCESSABLE)
    except ReviewOver as over:
        messages.info(request, str(over.__doc__))
        return redirect(f"{seat.address}reviews/")
    messages.success(request, _("Your review is on its way. Thank you: its author reads it at once."))
    page = given_page(seat.desk, seat.assignment, seat.person.pk, now=seat.at)
    return _next(request, seat) if page.left else redirect(f"{seat.address}reviews/")


def _before_sending(request: HttpRequest, seat: Seat, mine: Review, marks: Marks) -> HttpResponse | None:
    """The form once more where its words say too little, or may hurt; advice is overruled by sending again."""
    found = remarks_on(mine, content_of(seat.assignment.published), marks)
    refuses = any(remark.refuses for remarks in found.values() for remark in remarks)
    if not found or (request.POST.get("sure") and not refuses):
        return None
    save_review_draft(review=mine, marks=marks, seconds=seconds_in(request), at=seat.at)
    advised = _("Look at the marked words once more: mend them, or send the review as it is.")
    problem = _("Mend what is marked below; all that you typed is kept.") if refuses else advised
    written = remarked(marks, found)
    return _answer(request, seat, mine, written=written, problem=problem, sure=not refuses, status=UNPROCESSABLE)


def _typed(request: HttpRequest) -> Written:
    marks = marks_in(request)
    return Written(levels=marks.levels, comments=marks.comments, overall=marks.overall)


def _answer(
    request: HttpRequest,
    seat: Seat,
    mine: Review,
    *,
    written: Written | None = None,
    problem: str = "",
    sure: bool = False,
    status: int = 200,
) -> HttpResponse:
    page = review_page(seat.desk, seat.assignment, mine, now=seat.at, written=written, problem=problem, sure=sure)
    return render(request, "peer_review/review/page.html", {"page": page, "nav": "learning"}, status=status)


def _piece(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """What a script puts in its place; without one, the whole page."""
    if request.headers.get("X-Stoa-Piece") != PIECE:
        return redirect(f"{seat.address}reviews/{token}/")
    page = review_page(seat.desk, seat.assignment, own(seat, token), now=seat.at)
    return render(request, "peer_review/review/_kept_piece.html", {"page": page})
