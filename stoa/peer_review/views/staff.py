"""Peer review for those who give the course: health, the queue, appeals, reports, likeness, fairness, volunteers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stoa.kernel.clock import now
from stoa.peer_review.actions import (
    NoReason,
    NothingToPick,
    ReasonAsked,
    answer_flag,
    answer_report,
    look_into_copies,
    no_copies,
    pick_anchor,
)
from stoa.peer_review.models import Submission, WordsReport, WorkFlag
from stoa.peer_review.queries import AssignmentUnknown, assignment_for
from stoa.peer_review.queries.copies import copies_page, works_alike
from stoa.peer_review.queries.fairness_page import fairness_page
from stoa.peer_review.queries.health_page import run_health_page
from stoa.peer_review.queries.staff_pages import appeals_page, queue_page, reports_page, volunteers_page
from stoa.peer_review.views.seats import signed_in, team_seat_at

UNPROCESSABLE = 422


@login_required
@require_safe
def health(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """What waits, what is at risk, what happens next by itself."""
    page = run_health_page(team_seat_at(request, course, run), now=now())
    return render(request, "peer_review/health/page.html", {"page": page, "nav": "learning"})


@login_required
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """What waits to be read; posting picks a work by chance."""
    desk = team_seat_at(request, course, run)
    if request.method == "POST":
        try:
            assignment = assignment_for(run_id=desk.run_id, item_id=request.POST.get("assignment", ""))
            read = pick_anchor(assignment=assignment, at=now())
        except AssignmentUnknown as unknown:
            raise Http404 from unknown
        except NothingToPick:
            messages.info(request, _("All work that still waits was read by staff already."))
            return redirect(request.path)
        return redirect(f"{desk.address}peer-review/works/{read.submission_id}/")
    return render(request, "peer_review/staff/queue.html", {"page": queue_page(desk, now=now()), "nav": "learning"})


@login_required
@require_safe
def appeals(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Open appeals, and what answered ones changed."""
    page = appeals_page(team_seat_at(request, course, run), now=now())
    return render(request, "peer_review/staff/appeals.html", {"page": page, "nav": "learning"})


@login_required
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Reported words and flagged work; posting answers one."""
    desk = team_seat_at(request, course, run)
    problem = ""
    if request.method == "POST":
        try:
            _answer(request, desk.run_id)
            return redirect(request.path)
        except NoReason:
            problem = _("Say what you found, then choose.")
    page = reports_page(desk, now=now(), problem=problem)
    status = UNPROCESSABLE if problem else 200
    return render(request, "peer_review/staff/reports.html", {"page": page, "nav": "learning"}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Work that is alike; posting says what staff found."""
    desk = team_seat_at(request, course, run)
    problem = ""
    if request.method == "POST":
        works = works_alike(desk, request.POST.get("group", ""))
        try:
            _decide(request, works)
            return redirect(request.path)
        except ReasonAsked:
            problem = _("Say why, then choose: those whose work it is may ask.")
    page = copies_page(desk, problem=problem)
    status = UNPROCESSABLE if problem else 200
    return render(request, "peer_review/staff/copies.html", {"page": page, "nav": "learning"}, status=status)


@login_required
@require_safe
def fairness(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Is the load even, do scores agree with staff, and what did appeals change?"""
    page = fairness_page(team_seat_at(request, course, run))
    return render(request, "peer_review/health/fairness.html", {"page": page, "nav": "learning"})


@login_required
@require_safe
def volunteers(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """Who reads for others."""
    page = volunteers_page(team_seat_at(request, course, run))
    return render(request, "peer_review/staff/volunteers.html", {"page": page, "nav": "learning"})


def _answer(request: HttpRequest, run_id: int) -> None:
    kind, _dash, number = request.POST.get("report", "").partition("-")
    reason, by, at = request.POST.get("reason", ""), signed_in(request), now()
    if not number.isascii() or not number.isdigit():
        raise Http404
    if kind == "words":
        report = WordsReport.objects.filter(pk=int(number), review__assignment__run=run_id).first()
        if report is None:
            raise Http404
        hidden = request.POST.get("decision") != "show"
        answer_report(report=report, by=by, hidden=hidden, reason=reason, at=at)
        return
    flag = WorkFlag.objects.filter(pk=int(number), review__assignment__run=run_id).first()
    if flag is None:
        raise Http404
    answer_flag(flag=flag, by=by, reason=reason, at=at)


def _decide(request: HttpRequest, works: list[Submission]) -> None:
    if not works:
        raise Http404
    reason, by, at = request.POST.get("reason", ""), signed_in(request), now()
    if request.POST.get("decision") == "hold":
        look_into_copies(works=works, by=by, reason=reason, at=at)
    else:
        no_copies(works=works, by=by, reason=reason, at=at)
