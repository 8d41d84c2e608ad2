"""The hand-in page: writing, keeping, handing in, taking back."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from stoa.courseware.queries import StepClosed, StepUnknown, step_for
from stoa.peer_review.actions import (
    BeingScored,
    Closed,
    NoTeam,
    NotOpenYet,
    Refused,
    WorkRefused,
    hand_in,
    remove_file,
    save_draft,
    take_earlier,
    withdraw,
)
from stoa.peer_review.models import Draft, EarlierDraft
from stoa.peer_review.queries.assignments import submission_of, team_of
from stoa.peer_review.queries.hand_in.form import Typed
from stoa.peer_review.queries.hand_in.page import hand_in_view
from stoa.peer_review.queries.hand_in.previews import preview_of
from stoa.peer_review.views.limits import SAVING, WRITING, at_most
from stoa.peer_review.views.seats import Seat, seat_at
from stoa.peer_review.views.typing import revision_in, take_files, work_in

UNPROCESSABLE = 422
PIECE = "X-Stoa-Piece"
REFUSALS: Mapping[type[Refused], Lazy] = {
    NotOpenYet: gettext_lazy("It opens later. What you typed is kept until then."),
    Closed: gettext_lazy(
        "The deadline has passed, so this was not handed in. What you typed is kept; ask the course team for more time."
    ),
    BeingScored: gettext_lazy("Your work has its result already, so it can't be changed. What you typed is kept."),
    NoTeam: gettext_lazy("Form a team or join one first. What you typed is kept."),
    WorkRefused: gettext_lazy("Mend the marked places and hand it in again. What you typed is kept."),
}


@require_GET
def page(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """The assignment on a page of its own; before its step opens, the step says when."""
    seat = seat_at(request, course, run, item)
    try:
        step_for(seat.desk, seat.assignment.published.step_id, now=seat.at)
    except StepUnknown as unknown:
        raise Http404 from unknown
    except StepClosed:
        return redirect(f"{seat.desk.address}steps/{seat.assignment.published.step_id}/")
    return _page(request, seat)


@require_POST
@login_required
@at_most(SAVING)
def draft(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Keep what was typed. "Saved" is only said once it is committed."""
    seat = seat_at(request, course, run, item)
    kept = save_draft(
        assignment=seat.assignment,
        enrolment=seat.enrolment,
        work=work_in(request, _draft(seat)),
        at=seat.at,
        seen=revision_in(request),
    )
    if request.headers.get(PIECE):
        return render(request, "peer_review/hand_in/_saved.html", {"at": kept.saved_at, "revision": kept.revision})
    return redirect(f"{seat.address}#write")


@require_POST
@login_required
@at_most(WRITING)
def submissions(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Hand the work in, with the files that came along."""
    seat = seat_at(request, course, run, item)
    problems = take_files(request, seat)
    work = work_in(request, _draft(seat))
    try:
        if problems:
            save_draft(assignment=seat.assignment, enrolment=seat.enrolment, work=work, at=seat.at)
            raise WorkRefused(())
        hand_in(assignment=seat.assignment, enrolment=seat.enrolment, work=work, at=seat.at)
    except Refused as refused:
        faults = refused.faults if isinstance(refused, WorkRefused) else ()
        kept = _draft(seat)
        typed = Typed(
            work=work,
            revision=kept.revision if kept else 0,
            faults=faults,
            problem=REFUSALS[type(refused)],
            file_problems=problems,
        )
        return _page(request, seat, typed=typed)
    return redirect(f"{seat.address}#handed-in")


@require_POST
@login_required
@at_most(WRITING)
def withdrawal(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Take the work back."""
    seat = seat_at(request, course, run, item)
    work = submission_of(seat.assignment, seat.enrolment, team_of(seat.assignment, seat.enrolment))
    if work is None:
        raise Http404
    try:
        withdraw(submission=work, by=seat.enrolment, at=seat.at)
    except BeingScored:
        typed = Typed(work=work_in(request, _draft(seat)), revision=0, problem=REFUSALS[BeingScored])
        return _page(request, seat, typed=typed)
    return redirect(seat.address)


@require_POST
@login_required
@at_most(WRITING)
def files(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Add files, or take one out; the words of the form are kept in any case."""
    seat = seat_at(request, course, run, item)
    problems = take_files(request, seat)
    kept = _draft(seat)
    if kept and (token := request.POST.get("remove")):
        remove_file(draft=kept, token=token)
    work = work_in(request, kept)
    saved = save_draft(
        assignment=seat.assignment, enrolment=seat.enrolment, work=work, at=seat.at, seen=revision_in(request)
    )
    typed = Typed(work=work, revision=saved.revision, file_problems=problems)
    if request.headers.get(PIECE):
        view = hand_in_view(seat.desk, seat.assignment, now=seat.at, typed=typed)
        status = UNPROCESSABLE if problems else 200
        return render(request, "peer_review/hand_in/_files.html", {"work": view, "form": view.form}, status=status)
    return _page(request, seat, typed=typed) if problems else redirect(f"{seat.address}#files")


@require_POST
@login_required
@at_most(SAVING)
def preview(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """What was typed as readers will see it; it is kept as a draft too."""
    seat = seat_at(request, course, run, item)
    work = work_in(request, _draft(seat))
    saved = save_draft(
        assignment=seat.assignment, enrolment=seat.enrolment, work=work, at=seat.at, seen=revision_in(request)
    )
    context = {"preview": preview_of(seat.assignment, work), "nav": "learning"}
    if request.headers.get(PIECE):
        return render(request, "peer_review/hand_in/_preview.html", context)
    view = hand_in_view(seat.desk, seat.assignment, now=seat.at, typed=Typed(work=work, revision=saved.revision))
    return render(request, "peer_review/hand_in/page.html", {**context, "work": view})


@require_POST
@login_required
@at_most(WRITING)
def earlier(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Take an earlier draft back."""
    seat = seat_at(request, course, run, item)
    kept, revision = _draft(seat), revision_in(request)
    if kept is None or revision is None:
        raise Http404
    try:
        take_earlier(draft=kept, revision=revision, at=seat.at)
    except EarlierDraft.DoesNotExist as gone:
        raise Http404 from gone
    return redirect(f"{seat.address}#write")


def _draft(seat: Seat) -> Draft | None:
    return Draft.objects.filter(assignment=seat.assignment, enrolment=seat.enrolment).first()


def _page(request: HttpRequest, seat: Seat, *, typed: Typed | None = None) -> HttpResponse:
    view = hand_in_view(seat.desk, seat.assignment, now=seat.at, typed=typed)
    context = {"work": view, "nav": "learning"}
    return render(request, "peer_review/hand_in/page.html", context, status=UNPROCESSABLE if typed else 200)
