"""One work in front of staff: reading it, and all that happened to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stoa.courseware.queries import Desk
from stoa.kernel.clock import now
from stoa.peer_review.actions import LevelsMissing, staff_read
from stoa.peer_review.models import Submission
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.review_form import Written
from stoa.peer_review.queries.staff_work import WorkUnknown, picked_by_chance, staff_work_page, work_for
from stoa.peer_review.queries.work_history import history_page
from stoa.peer_review.rules import rubrics
from stoa.peer_review.views.seats import marks_in, signed_in, team_seat_at

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, course: str, run: str, number: int) -> HttpResponse:
    """Read a work blind and score it."""
    desk = team_seat_at(request, course, run)
    found = work_at(desk, number)
    if request.method == "POST":
        return _read(request, desk, found)
    return render(
        request,
        "peer_review/review/judge.html",
        {"page": staff_work_page(desk, found, now=now()), "nav": "learning"},
    )


@login_required
@require_safe
def history(request: HttpRequest, course: str, run: str, number: int) -> HttpResponse:
    """All that happened to a work."""
    desk = team_seat_at(request, course, run)
    page = history_page(desk, work_at(desk, number))
    return render(request, "peer_review/staff/history.html", {"page": page, "nav": "learning"})


def work_at(desk: Desk, number: int) -> Submission:
    """A work of the run; one that is not there does not exist."""
    try:
        return work_for(desk, number)
    except WorkUnknown as unknown:
        raise Http404 from unknown


def _read(request: HttpRequest, desk: Desk, found: Submission) -> HttpResponse:
    marks = marks_in(request)
    try:
        staff_read(
            submission=found,
            by=signed_in(request),
            marks=marks,
            at=now(),
            at_random=picked_by_chance(found),
        )
    except LevelsMissing:
        missing = rubrics.not_chosen(content_of(found.assignment.published).criteria, marks.levels)
        faults = {f"level-{criterion.id}": [_("Choose one of these lines.")] for criterion in missing}
        written = Written(levels=marks.levels, comments=marks.comments, overall=marks.overall, faults=faults)
        problem = _("Choose a level for each criterion; what you chose so far is kept.")
        page = staff_work_page(desk, found, now=now(), written=written, problem=problem)
        context = {"page": page, "nav": "learning"}
        return render(request, "peer_review/review/judge.html", context, status=UNPROCESSABLE)
    messages.success(request, _("Kept. The author reads your words; the score follows from them."))
    return redirect(f"{desk.address}peer-review/queue/")
