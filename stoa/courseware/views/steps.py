"""What learners do at a step: finish it, say whether it helped, report what is wrong."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.accounts.models import Person
from stoa.catalogue.queries import run_for
from stoa.courseware import actions
from stoa.courseware.forms import ReportForm
from stoa.courseware.queries import Desk, OutlineStep
from stoa.courseware.views.desks import again, back, desk_of, seat_of, slowed
from stoa.kernel.clock import now


@require_POST
def completion(request: HttpRequest, course: str, run: str, step: str) -> HttpResponse:
    """Mark a step as done, or as still to do."""
    desk = desk_of(request, course, run)
    _known(desk, step)
    if request.POST.get("undo"):
        actions.undo_completion(enrolment=seat_of(desk), step_id=step)
    else:
        actions.complete_step(enrolment=seat_of(desk), step_id=step, at=now())
    return redirect(back(request, f"{desk.address}steps/{step}/"))


@require_POST
def opinion(request: HttpRequest, course: str, run: str, step: str) -> HttpResponse:
    """Keep whether the step helped."""
    desk = desk_of(request, course, run)
    _known(desk, step)
    helpful = request.POST.get("helpful") == "yes"
    actions.say_whether_it_helped(enrolment=seat_of(desk), step_id=step, helpful=helpful, at=now())
    messages.success(request, _("Thank you. The course team sees how many said so, not who."))
    return redirect(f"{desk.address}steps/{step}/#opinion")


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, course: str, run: str, step: str) -> HttpResponse:
    """Report what is wrong at a step; visitors may too."""
    desk = desk_of(request, course, run)
    at_step = _known(desk, step)
    form = ReportForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"desk": desk, "step": at_step, "form": form, "nav": "learning"}
    if not form.is_valid():
        return again(request, "courseware/report.html", context, status=422 if form.is_bound else 200)
    if wait := slowed(request):
        form.add_error(None, wait)
        return again(request, "courseware/report.html", context, status=429)
    person = request.user if isinstance(request.user, Person) else None
    at_run = run_for(request.user, course=course, run=run)
    actions.report_problem(run=at_run, step_id=step, person=person, text=form.cleaned_data["text"], at=now())
    messages.success(request, _("Thank you. The course team has your report."))
    return redirect(f"{desk.address}steps/{step}/")


def _known(desk: Desk, step_id: str) -> OutlineStep:
    step = desk.outline.step(step_id)
    if step is None:
        raise Http404
    return step
