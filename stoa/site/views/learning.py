"""My learning, the home of a run, and progress in it."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stoa.accounts.models import Person
from stoa.kernel.clock import now
from stoa.site.queries.homes import course_home
from stoa.site.queries.learning import my_learning
from stoa.site.queries.own_data import own_data
from stoa.site.queries.progress import progress_page
from stoa.site.views.desks import desk_of


@login_required
@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """Everything that the learner learns, the run last open first."""
    person = cast("Person", request.user)
    page = my_learning(person, now=now(), everything="all" in request.GET)
    return render(request, "site/learning/learning.html", {"page": page, "nav": "learning"})


@never_cache
@login_required
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All that is kept about whoever asks, as a file; open to everyone with an account, wherever they live."""
    headers = {"Content-Disposition": 'attachment; filename="stoa-my-data.zip"'}
    return HttpResponse(own_data(cast("Person", request.user)), content_type="application/zip", headers=headers)


@require_safe
def home(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """The home of a run; visitors see what is in it and the samples."""
    page = course_home(desk_of(request, course, run), now=now())
    context = {"page": page, "desk": page.desk, "nav": "learning", "zone": _zone(request, page.desk.time_zone)}
    return render(request, "site/learning/home.html", context)


@login_required
@require_safe
def progress(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """How far the learner is, module by module."""
    desk = desk_of(request, course, run)
    if desk.enrolment_id is None:
        return redirect(desk.address)
    context = {"page": progress_page(desk), "desk": desk, "nav": "learning"}
    return render(request, "site/learning/progress.html", context)


def _zone(request: HttpRequest, otherwise: str) -> str:
    return request.user.time_zone if isinstance(request.user, Person) else otherwise
