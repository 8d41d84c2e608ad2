"""Lowering a final score because of where the work or its reviews come from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.courseware.queries import Desk
from stoa.kernel.clock import now
from stoa.peer_review.actions import Finding, LoweringRefused, LoweringUnfounded, NotLower, lower_score
from stoa.peer_review.models import Submission
from stoa.peer_review.queries.lowering_page import Typed, lowering_page
from stoa.peer_review.views.seats import signed_in, team_seat_at
from stoa.peer_review.views.staff_works import work_at

UNPROCESSABLE = 422
LONGEST = 20


@login_required
@require_http_methods(["GET", "POST"])
def lowering(request: HttpRequest, course: str, run: str, number: int) -> HttpResponse:
    """Lower the score, with a finding and a reason that the learner reads."""
    desk = team_seat_at(request, course, run)
    work = work_at(desk, number)
    if request.method != "POST":
        return _show(request, desk, work)
    typed = Typed(
        kind=request.POST.get("reason", ""),
        points=request.POST.get("points", "")[:LONGEST].strip(),
        reason=request.POST.get("words", ""),
    )
    try:
        finding = Finding(kind=typed.kind, reason=typed.reason, points=_points(typed.points))
        lower_score(submission=work, finding=finding, by=signed_in(request), at=now())
    except LoweringUnfounded:
        return _show(
            request, desk, work, typed, _("Choose what was found, and write the reason: the learner reads both.")
        )
    except NotLower:
        return _show(request, desk, work, typed, _("Give points from 0 up to less than the score now."))
    except LoweringRefused:
        return redirect(request.path)
    messages.success(request, _("Lowered. The learner reads the reason here and by mail, and may appeal."))
    return redirect(f"{desk.address}peer-review/works/{number}/history/")


def _points(typed: str) -> float:
    try:
        return float(typed.replace(",", "."))
    except ValueError as error:
        raise NotLower from error


def _show(
    request: HttpRequest, desk: Desk, work: Submission, typed: Typed | None = None, problem: str = ""
) -> HttpResponse:
    page = lowering_page(desk, work, typed=typed, problem=problem)
    context = {"page": page, "nav": "learning"}
    return render(request, "peer_review/staff/lowering.html", context, status=UNPROCESSABLE if problem else 200)
