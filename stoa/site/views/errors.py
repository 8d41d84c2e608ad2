"""Pages for when something goes wrong: what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """The form came from elsewhere, or the page was open for too long."""
    return render(request, "site/refused.html", status=403)
