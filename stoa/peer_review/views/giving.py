"""What the course team does with an assignment: sees all work, sets dates, gives somebody more time."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from stoa.peer_review.actions import DatesRefused, DueBeforeOpening, NothingToExtend, extend, set_dates
from stoa.peer_review.forms import DatesForm, ExtensionForm
from stoa.peer_review.models import DeadlineExtension
from stoa.peer_review.queries.headings import Heading, heading_of
from stoa.peer_review.queries.submitted import learner_of, submitted_of
from stoa.peer_review.views.seats import Seat, seat_at

UNPROCESSABLE = 422
REFUSALS: Mapping[type[DatesRefused], Lazy] = {
    DueBeforeOpening: gettext_lazy("The deadline has to come after the opening."),
    NothingToExtend: gettext_lazy("This assignment has no deadline, so nobody needs a later one."),
}


@require_safe
@login_required
def work(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Every learner of the run with their work."""
    seat = _seat(request, course, run, item)
    containing = request.GET.get("q", "").strip()[:80]
    submitted = submitted_of(seat.desk, seat.assignment, containing=containing, number=request.GET.get("page", "1"))
    context = {
        "head": _head(seat, _("All submissions")),
        "submitted": submitted,
        "containing": containing,
        "seat": seat,
        "nav": "learning",
    }
    return render(request, "peer_review/giving/work.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def dates(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """The dates of the run."""
    seat = _leading(request, course, run, item)
    form = DatesForm(request.POST if request.method == "POST" else None, assignment=seat.assignment)
    if form.is_valid():
        try:
            responsible = form.cleaned_data["responsible"]
            set_dates(assignment=seat.assignment, dates=form.dates(), responsible=responsible, at=seat.at)
        except DatesRefused as refused:
            form.add_error("due_at", str(REFUSALS[type(refused)]))
        else:
            success(request, _("The dates are set. Promises that were given stay."))
            return redirect(f"{seat.address}works/")
    return _answer(request, seat, form, _("Dates of this run"))


@require_http_methods(["GET", "POST"])
@login_required
def extension(request: HttpRequest, course: str, run: str, item: str, learner: int) -> HttpResponse:
    """A later deadline for one learner."""
    seat = _leading(request, course, run, item)
    enrolment = learner_of(seat.desk, learner)
    if enrolment is None:
        raise Http404
    kept = DeadlineExtension.objects.filter(assignment=seat.assignment, enrolment=enrolment).first()
    form = ExtensionForm(
        request.POST if request.method == "POST" else None,
        assignment=seat.assignment,
        until=kept.due_at if kept else seat.assignment.due_at,
        reason=kept.reason if kept else "",
    )
    if form.is_valid():
        facts = {"due_at": form.cleaned_data["due_at"], "reason": form.cleaned_data["reason"]}
        try:
            extend(assignment=seat.assignment, enrolment=enrolment, by=seat.person, at=seat.at, **facts)
        except DatesRefused as refused:
            form.add_error("due_at", str(REFUSALS[type(refused)]))
        else:
            success(request, _("%(name)s has more time.") % {"name": enrolment.person.display_name})
            return redirect(f"{seat.address}works/")
    return _answer(request, seat, form, _("More time for %(name)s") % {"name": enrolment.person.display_name})


def _seat(request: HttpRequest, course: str, run: str, item: str) -> Seat:
    seat = seat_at(request, course, run, item)
    if not seat.desk.team:
        raise Http404
    return seat


def _leading(request: HttpRequest, course: str, run: str, item: str) -> Seat:
    seat = _seat(request, course, run, item)
    if not seat.desk.leads:
        raise Http404
    return seat


def _head(seat: Seat, words: str) -> Heading:
    return heading_of(seat.desk, seat.assignment, heading=words, place=words)


def _answer(request: HttpRequest, seat: Seat, form: DatesForm | ExtensionForm, words: str) -> HttpResponse:
    context = {"head": _head(seat, words), "form": form, "zone": seat.assignment.run.time_zone, "nav": "learning"}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "peer_review/giving/form.html", context, status=status)
