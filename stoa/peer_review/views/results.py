"""The result of one's own work: rating words, seeing the score, thanking, reporting, appealing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.peer_review.actions import (
    MarksSeen,
    NoReason,
    Rating,
    open_result,
    rate_words,
    report_words,
    thank,
)
from stoa.peer_review.models import Review, WordsReport
from stoa.peer_review.queries.headings import heading_of
from stoa.peer_review.queries.reasons import ReasonsPage, reasons_of
from stoa.peer_review.queries.result_page import NoResult, ResultPage, own_review, result_page
from stoa.peer_review.views.seats import Seat, seat_at

UNPROCESSABLE = 422
ASKED = ("helpful", "specific", "respectful")


@login_required
@require_safe
def result(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """What became of one's own work; from the moment that marks are shown no words can be rated."""
    seat = seat_at(request, course, run, item)
    page = _page(seat)
    if page.shows_marks:
        open_result(submission=page.submission, by=seat.enrolment, at=seat.at)
    return render(request, "peer_review/result/page.html", {"page": page, "nav": "learning"})


@login_required
@require_POST
def ratings(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Say what helped, then see the score; or see it without saying."""
    seat = seat_at(request, course, run, item)
    page = _page(seat)
    if not page.rates:
        return redirect(page.address)
    said = {} if request.POST.get("skip") else _ratings(request, page)
    if said is None:
        return _asked_again(request, page)
    try:
        rate_words(submission=page.submission, by=seat.enrolment, ratings=said, at=seat.at)
    except MarksSeen:
        messages.warning(request, str(_("The marks were shown already, so the words can't be rated any more.")))
    return redirect(page.address)


@login_required
@require_POST
def thanks(request: HttpRequest, course: str, run: str, item: str, number: int) -> HttpResponse:
    """Thank the reader whose words stand at this place."""
    seat = seat_at(request, course, run, item)
    thank(review=_own(seat, number), by=seat.enrolment, at=seat.at)
    return redirect(f"{seat.address}result/#words-{number}")


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, course: str, run: str, item: str, number: int) -> HttpResponse:
    """Report words: they are hidden until staff have looked."""
    seat = seat_at(request, course, run, item)
    review = _own(seat, number)
    page = _report_page(seat, number)
    if request.method == "POST":
        reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
        try:
            report_words(review=review, by=seat.enrolment, reason=reason, words=words, at=seat.at)
        except NoReason as no_reason:
            page = page.with_answer(reason=reason, words=words, problem=str(no_reason.__doc__))
            return _reasons(request, page, status=UNPROCESSABLE)
        messages.success(request, _("Thank you. The words are hidden until staff have looked at them."))
        return redirect(f"{seat.address}result/")
    return _reasons(request, page)


def _page(seat: Seat) -> ResultPage:
    try:
        return result_page(seat.desk, seat.assignment, seat.enrolment, now=seat.at)
    except NoResult as nothing:
        raise Http404 from nothing


def _own(seat: Seat, number: int) -> Review:
    try:
        return own_review(seat.desk, seat.assignment, seat.enrolment, number, now=seat.at)
    except NoResult as nothing:
        raise Http404 from nothing


def _ratings(request: HttpRequest, page: ResultPage) -> dict[int, Rating] | None:
    """What was said of each reader's words, by review; None where something is left open."""
    said = {}
    for comment in page.comments:
        if not comment.asks:
            continue
        values = [request.POST.get(f"{name}-{comment.sign}", "") for name in ASKED]
        if any(value not in {"1", "3", "5"} for value in values):
            return None
        helpful, specific, respectful = (int(value) for value in values)
        said[comment.review_id] = Rating(helpful=helpful, specific=specific, respectful=respectful)
    return said


def _asked_again(request: HttpRequest, page: ResultPage) -> HttpResponse:
    context = {
        "page": page.answered(request.POST, problem=_("Answer each question, or show the score without rating.")),
        "nav": "learning",
    }
    return render(request, "peer_review/result/page.html", context, status=UNPROCESSABLE)


def _report_page(seat: Seat, number: int) -> ReasonsPage:
    back = f"{seat.address}result/"
    return ReasonsPage(
        head=heading_of(seat.desk, seat.assignment, heading=_("Report these words"), place=_("Report")),
        address=f"{back}words/{number}/report/",
        back=back,
        lead=_("They are hidden at once, and staff read them. The reviewer is not told who reported them."),
        question=_("What is wrong with them?"),
        reasons=reasons_of(WordsReport.Reason),
        words_label=_("Anything to add"),
        button=_("Report"),
    )


def _reasons(request: HttpRequest, page: ReasonsPage, *, status: int = 200) -> HttpResponse:
    return render(request, "peer_review/reasons.html", {"page": page, "nav": "learning"}, status=status)
