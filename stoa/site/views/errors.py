"""Pages for when something goes wrong: what happened and what to do."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from stoa.catalogue.queries import NearCourse, near_course

log = logging.getLogger(__name__)


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """The request could not be understood."""
    return render(request, "site/errors/malformed.html", status=400)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """The form came from elsewhere, or the page was open for too long."""
    return render(request, "site/errors/refused.html", status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """The visitor may not do this."""
    return render(request, "site/errors/forbidden.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """Nothing lies at this address, or nothing that the visitor may see."""
    return render(request, "site/errors/missing.html", {"near": _near(request.path)}, status=404)


def _near(path: str) -> NearCourse | None:
    """Addresses of courses are typed and passed on by people: the one most like it is offered."""
    parts = path.strip("/").split("/")
    return near_course(parts[1]) if len(parts) > 1 and parts[0] == "courses" else None


def too_often(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """Somebody asks faster than people do."""
    page = render(request, "site/errors/too_often.html", status=429)
    page["Retry-After"] = str(seconds)
    return page


def broken(request: HttpRequest) -> HttpResponse:
    """Stoa itself is at fault: a page that needs neither the database nor the visitor."""
    number = secrets.token_hex(3).upper()
    log.error("%s broke; the visitor was told the number %s", request.path, number)
    return HttpResponse(render_to_string("site/errors/broken.html", {"number": number}), status=500)
