"""What can't be taken comes back as it was typed, with what to do."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stoa.accounts.actions import Limit, TooOften, asker, spend
from stoa.assessment.queries import Refusal, refused_view
from stoa.assessment.rules.faults import Fault
from stoa.assessment.views.reading import Asked, answers_in, asked, wants_piece
from stoa.kernel.clock import now

UNPROCESSABLE, TOO_OFTEN = 422, 429
# The page saves at most once in 0.8 s, and several quizzes may stand on it.
SAVING = Limit(name="quiz-saving", burst=240, every=timedelta(seconds=0.5))
ANSWERING = Limit(name="quiz-answering", burst=40, every=timedelta(seconds=3))
View = Callable[[HttpRequest, str, str, str], HttpResponse]


def at_most(limit: Limit) -> Callable[[View], View]:
    """Posting more often than that is answered with the quiz, as it was typed, and how long to wait."""

    def around(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
            try:
                if request.method == "POST":
                    spend(limit=limit, key=asker(request), at=now())
            except TooOften as too_often:
                words = _("That was too often. Wait %(seconds)s seconds and send it again; your words are kept here.")
                problem = words % {"seconds": too_often.seconds}
                return shown_again(request, asked(request, course, run, item), problem=problem, status=TOO_OFTEN)
            return view(request, course, run, item)

        return limited

    return around


def shown_again(
    request: HttpRequest,
    learner: Asked,
    *,
    problem: Promise | str,
    faults: Mapping[str, Fault] | None = None,
    status: int = UNPROCESSABLE,
) -> HttpResponse:
    """Show the quiz again with what was typed and what to mend."""
    refusal = Refusal(answers=answers_in(request), faults=faults or {}, problem=problem)
    view = refused_view(learner.desk, learner.quiz, refusal, now=learner.at)
    template = "assessment/_quiz.html" if wants_piece(request) else "assessment/quiz.html"
    context = {"quiz": view, "desk": learner.desk, "nav": "learning"}
    return render(request, template, context, status=status)
