"""Pages of figures that keep up with the log: where they listen, and the part of them that is fetched anew."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from stoa.insights.queries import figures
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.insights.queries.lags import SOON, counted, lag_in_words, places_in_words
from stoa.insights.rules.announcements import TOPIC
from stoa.insights.rules.answers import Answer
from stoa.kernel.clock import now
from stoa.live.tickets import live_address, ticket_for


@dataclass(frozen=True, kw_only=True)
class Fresh:
    """How old a page's figures are, and how it hears of newer ones: `live` on a site, `ask` alone."""

    version: int
    as_of: datetime | None
    counted: str
    recent: bool
    lag: str = ""
    places: str = ""
    live: str = ""
    ask: str = ""


def page(request: HttpRequest, template: str, shown: Mapping[str, object], *, answer: Answer) -> HttpResponse:
    """A page of figures; for a page that is open already only the part that changes, or 304 where nothing did."""
    part = _asks_for_part(request)
    sign = f'W/"{answer.version}"'
    if part and request.headers.get("If-None-Match") == sign:
        response: HttpResponse = HttpResponseNotModified()
    else:
        base = "insights/_part.html" if part else "site/base.html"
        response = render(request, template, {**shown, "base": base, "fresh": _fresh(request, answer)})
    if part:
        response["ETag"] = sign
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
def version(request: HttpRequest) -> HttpResponse:
    """Which version of the data there is: what open pages ask where nobody announces it."""
    try:
        found = figures.system().version
    except FiguresUnavailable:
        return JsonResponse({}, status=503)
    sign = f'"{found}"'
    same = request.headers.get("If-None-Match", "").removeprefix("W/") == sign
    response = HttpResponseNotModified() if same else JsonResponse({"version": found})
    response["ETag"] = sign
    return response


def _asks_for_part(request: HttpRequest) -> bool:
    """True for a page that keeps up with the log. htmx too speaks so, but for whole pages: boosted, or called back."""
    said = request.headers
    return "HX-Request" in said and "HX-Boosted" not in said and "HX-History-Restore-Request" not in said


def _fresh(request: HttpRequest, answer: Answer) -> Fresh:
    at, as_of, lag, places = now(), answer.as_of, "", ""
    with suppress(FiguresUnavailable):
        system = figures.system()
        # The last event may be one that no figure of the page counts.
        as_of, lag, places = system.watermark or as_of, lag_in_words(system), places_in_words(system)
    alone = not apps.is_installed("stoa.catalogue")
    return Fresh(
        version=answer.version,
        # HTML knows no millionths of a second.
        as_of=as_of and as_of.replace(microsecond=0),
        counted=counted(as_of, at),
        recent=as_of is not None and at - as_of < SOON,
        lag=lag,
        places=places,
        live="" if alone else _live(request),
        ask=reverse("insights_version") if alone else "",
    )


def _live(request: HttpRequest) -> str:
    """Everybody may hear that something was counted; what it is, they ask in their own name."""
    return live_address(
        ticket_for([TOPIC], at=now()),
        host=request.get_host(),
        secure=request.is_secure(),
        port=settings.LIVE_PORT,
        url=settings.LIVE_URL,
    )
