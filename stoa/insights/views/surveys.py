"""What learners are asked about a run, on the page and by mail; and what they said, to change or delete."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.accounts.actions import say_whether_one_teaches
from stoa.accounts.models import Person
from stoa.accounts.queries import profile_of
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk, RunUnknown, desk_for, held_by, progress
from stoa.insights import actions
from stoa.insights.actions import Survey
from stoa.insights.forms import ExitForm, IntentForm, TeacherForm
from stoa.insights.queries import exits, surveys
from stoa.insights.queries.exits import LinkUnknown
from stoa.insights.rules.surveys import INTENT, REASON, SATISFIED, WORDS
from stoa.kernel.clock import now
from stoa.kernel.tracking import in_course

_BAD = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def intent(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """What a learner wants from the course: one press answers, one press skips."""
    desk, enrolment = _place(request, course, run)
    given = surveys.answers_in(enrolment.pk).get((Survey.ENROLMENT, INTENT), "")
    if request.method != "POST":
        return _intent_page(request, desk, given)
    if "skip" in request.POST:
        actions.skip(enrolment=enrolment, survey=Survey.ENROLMENT, at=now())
        return redirect(desk.address)
    form = IntentForm(request.POST)
    if not form.is_valid() or not form.cleaned_data[INTENT]:
        return _intent_page(request, desk, given, error=_("This is none of the answers. Choose one of those below."))
    actions.answer(enrolment=enrolment, survey=Survey.ENROLMENT, said={INTENT: form.cleaned_data[INTENT]}, at=now())
    messages.success(request, _("Thank you. You can change or delete this at any time."))
    return redirect(desk.address)


def _intent_page(request: HttpRequest, desk: Desk, given: str, *, error: str = "") -> HttpResponse:
    shown = {"desk": desk, "question": surveys.question(Survey.ENROLMENT, INTENT, given), "error": error}
    status = _BAD if error else 200
    return render(request, "insights/surveys/intent.html", {**shown, "nav": "learning"}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def way_out(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """How a run ended for its learner; whoever left it may still say."""
    desk, enrolment = _place(request, course, run)
    if "skip" in request.POST:
        actions.skip(enrolment=enrolment, survey=Survey.EXIT, at=now())
        return redirect(desk.address)
    given = surveys.answers_in(enrolment.pk)
    before = {name: given.get((Survey.EXIT, name), "") for name in (REASON, SATISFIED, WORDS)}
    told = request.POST if request.method == "POST" else None
    form, teacher = ExitForm(told, initial=before), TeacherForm(told)
    if not form.is_valid() or not teacher.is_valid():
        known = profile_of(_person(request)).teaching
        finished = progress(desk.scope, desk.done).finished
        shown = {"desk": desk, "form": form, "teacher": None if known else teacher, "finished": finished}
        status = _BAD if form.errors or teacher.errors else 200
        return render(request, "insights/surveys/exit.html", {**shown, "nav": "learning"}, status=status)
    actions.answer(enrolment=enrolment, survey=Survey.EXIT, said=form.said(), at=now())
    if teaching := teacher.cleaned_data["teaching"]:
        subject = teacher.cleaned_data["subject_taught"]
        say_whether_one_teaches(person=_person(request), teaching=teaching, subject=subject, at=now())
    messages.success(request, _("Thank you. You can change or delete this at any time."))
    # Whoever pressed yes or no on the page of the run may add words here.
    return redirect(f"{desk.address}exit/" if "briefly" in request.POST else desk.address)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """An answer out of a mail: opening the page keeps nothing, the button does; nobody need sign in."""
    try:
        found = exits.link_in(token)
    except LinkUnknown:
        return render(request, "insights/surveys/over.html", status=404)
    course, shown = found.enrolment.run.course, {"token": token, "run": found.enrolment.run}
    if request.method == "POST" and "take_back" in request.POST:
        actions.answer(
            enrolment=found.enrolment, survey=Survey.EXIT, said={REASON: "", SATISFIED: "", WORDS: ""}, at=now()
        )
        return render(request, "insights/surveys/thanks.html", {**shown, "course": course, "gone": True})
    form = ExitForm(request.POST if request.method == "POST" else None, initial={REASON: found.answer})
    if not form.is_valid():
        status = _BAD if form.errors else 200
        return render(request, "insights/surveys/link.html", {**shown, "course": course, "form": form}, status=status)
    # What was left empty here takes nothing back: the page does not show what was said before.
    said = {name: answer for name, answer in form.said().items() if answer}
    if not said:
        form.add_error(None, _("Choose an answer first, or close this page: then nothing is kept."))
        return render(request, "insights/surveys/link.html", {**shown, "course": course, "form": form}, status=_BAD)
    actions.answer(enrolment=found.enrolment, survey=Survey.EXIT, said=said, at=now())
    return render(request, "insights/surveys/thanks.html", {**shown, "course": course, "gone": False})


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Everything that somebody answered about courses."""
    return render(request, "insights/surveys/own.html", {"runs": surveys.own_answers(_person(request))})


@login_required
@require_POST
def removal(request: HttpRequest, number: int) -> HttpResponse:
    """Delete one of one's own answers."""
    given = surveys.own_answer(_person(request), number)
    if given is None:
        raise Http404
    actions.take_back(given=given)
    messages.success(request, _("Deleted, here and in the figures."))
    return redirect("own_answers")


def _place(request: HttpRequest, course: str, run: str) -> tuple[Desk, Enrolment]:
    """The learner's desk and their enrolment, kept or left; whoever never enrolled has none here."""
    try:
        desk = desk_for(_person(request), course=course, run=run)
    except RunUnknown as unknown:
        raise Http404 from unknown
    enrolment = held_by(_person(request), desk.enrolment_id)
    if enrolment is None:
        raise Http404
    in_course(course_id=desk.course_key, org_id=desk.organisation)
    return desk, enrolment


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)
