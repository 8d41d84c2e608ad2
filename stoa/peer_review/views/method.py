"""How peer scores come about, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How work is given out and scored: the same words for learners, instructors and visitors."""
    return render(request, "peer_review/method.html", {"nav": "learning"})
