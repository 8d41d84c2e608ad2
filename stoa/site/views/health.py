"""Course health."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stoa.kernel.clock import now
from stoa.site.queries.health import health_page
from stoa.site.views.desks import desk_of


@login_required
@require_safe
def health(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """What of the run needs a person today; only those who give the course see it."""
    desk = desk_of(request, course, run)
    if not desk.team:
        raise Http404
    return render(request, "site/health.html", {"page": health_page(desk, now=now()), "desk": desk, "nav": "learning"})
