"""The lesson page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stoa.courseware import actions
from stoa.courseware.queries import Desk, StepClosed, StepUnknown, step_for
from stoa.kernel.clock import now
from stoa.site.queries.lessons import Wishes, lesson_page
from stoa.site.rules.preferences import look_of
from stoa.site.views.desks import desk_of
from stoa.site.views.drawing import filled_page


@require_safe
def lesson(request: HttpRequest, course: str, run: str, step: str) -> HttpResponse:
    """A step with its outline: learners their run, visitors the samples."""
    at = now()
    desk = desk_of(request, course, run, step)
    try:
        opened = step_for(desk, step, now=at)
    except StepUnknown as unknown:
        raise Http404 from unknown
    except StepClosed as closed:
        return render(
            request, "site/lesson/closed.html", {"desk": desk, "closed": closed, "nav": "learning"}, status=403
        )
    token = get_token(request)
    page = lesson_page(desk, opened, wishes=_wishes(request, desk), csrf=token, now=at)
    if desk.last_step != step and desk.enrolment:
        actions.visit(enrolment=desk.enrolment, step_id=step, at=at)
    return filled_page(request, "site/lesson/lesson.html", csrf=token, own=page.own, face=page.face, nav="learning")


def _wishes(request: HttpRequest, desk: Desk) -> Wishes:
    asked = request.GET
    spare = asked["data"] == "low" if "data" in asked else look_of(request.COOKIES).low_data
    return Wishes(
        language=get_language() or desk.language,
        transcript=asked.get("transcript", "")[:12],
        spare=spare,
        at=_seconds(asked.get("t", "")),
    )


def _seconds(shown: str) -> float | None:
    try:
        seconds = float(shown)
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None
