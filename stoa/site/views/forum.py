"""The peer forum of a learner's courses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stoa.accounts.models import Person
from stoa.site.queries.forum import circles_of


@require_safe
def forum(request: HttpRequest) -> HttpResponse:
    """What there is to talk about; visitors learn where talks stand."""
    person = request.user
    circles = circles_of(person) if isinstance(person, Person) else ()
    return render(request, "site/forum.html", {"circles": circles, "nav": "forum"})
