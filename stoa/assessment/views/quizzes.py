"""Answering a quiz."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.assessment.actions import (
    AnswersRefused,
    Blanks,
    NoAttemptsLeft,
    NotStarted,
    PastDue,
    Refused,
    TimeIsUp,
    TooSoon,
    save_answers,
    start,
    submit,
    take_hint,
)
from stoa.assessment.queries import attempts_of, quiz_views
from stoa.assessment.views.reading import Asked, answers_in, asked, number_seen, wants_piece
from stoa.assessment.views.refusing import ANSWERING, SAVING, at_most, shown_again

REFUSALS: Mapping[type[Refused], Promise] = {
    NoAttemptsLeft: gettext_lazy("All attempts at this quiz are used."),
    PastDue: gettext_lazy("This quiz closed on its date."),
    NotStarted: gettext_lazy("Start the quiz first: its time begins then."),
    TimeIsUp: gettext_lazy("The time is up. What was saved before counts when you hand it in."),
}


@require_GET
@login_required
def quiz(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """A quiz on a page of its own."""
    return _page(request, asked(request, course, run, item))


@require_POST
@login_required
@at_most(SAVING)
def answers(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Keep a draft. "Saved" is only said once it is committed."""
    learner = asked(request, course, run, item)
    try:
        at = save_answers(enrolment=learner.enrolment, item_id=item, answers=answers_in(request), at=learner.at)
    except Refused as refused:
        return _refused(request, learner, refused)
    if wants_piece(request):
        return render(request, "assessment/_saved.html", {"at": at})
    return _back(learner)


@require_http_methods(["GET", "POST"])
@login_required
@at_most(ANSWERING)
def attempts(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Hand answers in, or look back at what was handed in."""
    learner = asked(request, course, run, item)
    if request.method == "GET":
        return _attempts_page(request, learner)
    try:
        submit(
            enrolment=learner.enrolment,
            item_id=item,
            answers=answers_in(request),
            at=learner.at,
            seen=number_seen(request),
            blanks=Blanks.COUNTED if request.POST.get("blanks") else Blanks.REFUSED,
        )
    except Refused as refused:
        return _refused(request, learner, refused)
    return _answered(request, learner)


@require_POST
@login_required
@at_most(ANSWERING)
def hints(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Take the next hint."""
    learner = asked(request, course, run, item)
    take_hint(enrolment=learner.enrolment, item_id=item)
    return _answered(request, learner)


@require_POST
@login_required
@at_most(ANSWERING)
def sitting(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Start a quiz with a time limit."""
    learner = asked(request, course, run, item)
    try:
        start(enrolment=learner.enrolment, item_id=item, at=learner.at)
    except Refused as refused:
        return _refused(request, learner, refused)
    return _answered(request, learner)


def _answered(request: HttpRequest, learner: Asked) -> HttpResponse:
    return _piece(request, learner) if wants_piece(request) else _back(learner)


def _back(learner: Asked) -> HttpResponse:
    return redirect(f"{learner.desk.address}steps/{learner.quiz.step_id}/#quiz-{learner.item_id}")


def _page(request: HttpRequest, learner: Asked) -> HttpResponse:
    view = quiz_views(learner.desk, [learner.item_id], now=learner.at)[learner.item_id]
    return render(request, "assessment/quiz.html", {"quiz": view, "desk": learner.desk, "nav": "learning"})


def _piece(request: HttpRequest, learner: Asked) -> HttpResponse:
    view = quiz_views(learner.desk, [learner.item_id], now=learner.at)[learner.item_id]
    return render(request, "assessment/_quiz.html", {"quiz": view})


def _attempts_page(request: HttpRequest, learner: Asked) -> HttpResponse:
    view = quiz_views(learner.desk, [learner.item_id], now=learner.at)[learner.item_id]
    made = attempts_of(learner.quiz, enrolment_id=learner.enrolment.pk)
    context = {"quiz": view, "attempts": made, "desk": learner.desk, "nav": "learning"}
    return render(request, "assessment/attempts.html", context)


def _refused(request: HttpRequest, learner: Asked, refused: Refused) -> HttpResponse:
    faults = refused.faults if isinstance(refused, AnswersRefused) else {}
    return shown_again(request, learner, problem=_words(refused), faults=faults)


def _words(refused: Refused) -> Promise | str:
    if isinstance(refused, TooSoon):
        time = time_format(localtime(refused.opens), "H:i:s")
        return _("The next attempt opens at %(time)s. What you typed is kept.") % {"time": time}
    return REFUSALS.get(type(refused), "")
