"""Appealing against a score: once, within fourteen days, with a reason about one criterion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.peer_review import actions
from stoa.peer_review.queries.headings import heading_of
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.reasons import ReasonsPage, criteria_reasons
from stoa.peer_review.queries.result_page import NoResult, ResultPage, result_page
from stoa.peer_review.views.seats import Seat, seat_at

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Ask for a fresh reading; the score can only rise by it."""
    seat = seat_at(request, course, run, item)
    result = _result(seat)
    if result.scored is None or result.scored.appeal is None or not result.scored.appeal.open:
        return redirect(result.address)
    page = _page(seat, result)
    if request.method != "POST":
        return _show(request, page)
    criterion, reason = request.POST.get("reason", ""), request.POST.get("words", "")
    try:
        actions.appeal(submission=result.submission, by=seat.person, criterion_id=criterion, reason=reason, at=seat.at)
    except actions.ReasonMissing:
        problem = _("Choose the criterion that it is about, and say why.")
        answered = page.with_answer(reason=criterion, words=reason, problem=problem)
        return _show(request, answered, status=UNPROCESSABLE)
    except actions.AppealClosed:
        messages.info(request, _("Appeals are closed for this work."))
        return redirect(result.address)
    messages.success(request, _("Your appeal is sent. The answer comes here and by mail."))
    return redirect(result.address)


def _result(seat: Seat) -> ResultPage:
    try:
        return result_page(seat.desk, seat.assignment, seat.enrolment, now=seat.at)
    except NoResult as nothing:
        raise Http404 from nothing


def _page(seat: Seat, result: ResultPage) -> ReasonsPage:
    criteria = content_of(seat.assignment.published).criteria
    return ReasonsPage(
        head=heading_of(seat.desk, seat.assignment, heading=_("Appeal against your score"), place=_("Appeal")),
        address=f"{result.address}appeal/",
        back=result.address,
        lead=_(
            "Two peers who have never seen your work, or an instructor, read it again without its marks. "
            "One appeal, and it can't lower the score."
        ),
        question=_("Which criterion is it about?"),
        reasons=criteria_reasons([(one.id, one.label) for one in criteria]),
        words_label=_("What was overlooked, and where is it in your work?"),
        words_hint=_("Point to the place: the line, the sentence, the file."),
        button=_("Send the appeal"),
    )


def _show(request: HttpRequest, page: ReasonsPage, *, status: int = 200) -> HttpResponse:
    return render(request, "peer_review/reasons.html", {"page": page, "nav": "learning"}, status=status)
