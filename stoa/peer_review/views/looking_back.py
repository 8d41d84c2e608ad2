"""Judging the instructor's examples, and one's own work."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.peer_review.actions import NoSuchExample, RubricOpen, calibrate, review_oneself
from stoa.peer_review.models import Calibration
from stoa.peer_review.queries.assignments import submission_of, team_of
from stoa.peer_review.queries.judging import (
    NoExample,
    NothingHandedIn,
    calibrated_page,
    calibration_page,
    next_example,
    self_review_page,
)
from stoa.peer_review.queries.review_form import Written
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.views.seats import Seat, marks_in, seat_at

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def examples(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """The next example that the learner has not judged, or on to the reviews."""
    seat = seat_at(request, course, run, item)
    place = next_example(seat.assignment, seat.enrolment)
    return redirect(f"{seat.address}reviews/" if place is None else f"{seat.address}calibration/{place + 1}/")


@login_required
@require_http_methods(["GET", "POST"])
def example(request: HttpRequest, course: str, run: str, item: str, number: int) -> HttpResponse:
    """An example: to judge, then compared with the instructor's marks."""
    seat = seat_at(request, course, run, item)
    try:
        return _judge(request, seat, number - 1) if request.method == "POST" else _show(request, seat, number - 1)
    except (NoExample, NoSuchExample) as unknown:
        raise Http404 from unknown


@login_required
@require_http_methods(["GET", "POST"])
def self_review(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """The learner's own work beside the rubric."""
    seat = seat_at(request, course, run, item)
    submission = submission_of(seat.assignment, seat.enrolment, team_of(seat.assignment, seat.enrolment))
    if submission is None or "self" not in seat.assignment.flow:
        raise Http404
    try:
        if request.method == "POST":
            marks = marks_in(request)
            review_oneself(submission=submission, by=seat.enrolment, marks=marks, at=seat.at)
            return redirect(f"{seat.address}result/")
        page = self_review_page(seat.desk, seat.assignment, submission)
    except NothingHandedIn as nothing:
        raise Http404 from nothing
    except RubricOpen as still_open:
        written = _written(marks, still_open)
        page = self_review_page(
            seat.desk, seat.assignment, submission, written=written, problem=str(RubricOpen.__doc__)
        )
    return _answer(request, page, problem=bool(page.problem))


def _show(request: HttpRequest, seat: Seat, place: int) -> HttpResponse:
    kept = Calibration.objects.filter(assignment=seat.assignment, enrolment=seat.enrolment, example=place).first()
    if kept is None:
        return _answer(request, calibration_page(seat.desk, seat.assignment, place))
    page = calibrated_page(seat.desk, seat.assignment, kept)
    return render(request, "peer_review/review/calibrated.html", {"page": page, "nav": "learning"})


def _judge(request: HttpRequest, seat: Seat, place: int) -> HttpResponse:
    marks = marks_in(request)
    try:
        calibrate(assignment=seat.assignment, enrolment=seat.enrolment, example=place, levels=marks.levels, at=seat.at)
    except RubricOpen as still_open:
        written = _written(marks, still_open)
        problem = _("Choose a level for each criterion; what you chose so far is kept.")
        page = calibration_page(seat.desk, seat.assignment, place, written=written, problem=problem)
        return _answer(request, page, problem=True)
    return redirect(request.path)


def _written(marks: Marks, still_open: RubricOpen) -> Written:
    faults = {f"level-{criterion}": [_("Choose one of these lines.")] for criterion in still_open.criteria}
    return Written(levels=marks.levels, comments=marks.comments, overall=marks.overall, faults=faults)


def _answer(request: HttpRequest, page: object, *, problem: bool = False) -> HttpResponse:
    context = {"page": page, "nav": "learning"}
    return render(request, "peer_review/review/judge.html", context, status=UNPROCESSABLE if problem else 200)
