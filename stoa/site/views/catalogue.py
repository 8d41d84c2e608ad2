"""The catalogue, and what one organisation offers."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from stoa.accounts.actions import Limit, TooOften, asker, spend
from stoa.catalogue.queries import wanted_from
from stoa.kernel.clock import now
from stoa.site.queries.catalogue_page import catalogue_page, organisation_page
from stoa.site.views import errors

SEARCHING = Limit(name="searching", burst=120, every=timedelta(seconds=0.5))


class Asked(HttpRequest):
    """A request that htmx may have sent."""

    htmx: HtmxDetails


@require_safe
def catalogue(request: Asked) -> HttpResponse:
    """Courses on offer, by words and filters; only the part that changes where the search field asks."""
    wanted = wanted_from(dict(request.GET.lists()))
    if wanted.typed:
        try:
            spend(limit=SEARCHING, key=asker(request), at=now())
        except TooOften as too_often:
            return errors.too_often(request, seconds=too_often.seconds)
    page = catalogue_page(wanted, now=now())
    part = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    template = "site/catalogue/_results.html" if part else "site/catalogue.html"
    response = render(request, template, {"page": page, "nav": "catalogue", "hide_search": True})
    response["Vary"] = "HX-Request"
    return response


@require_safe
def organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """What one organisation is, and its courses."""
    found, page = organisation_page(organisation, now=now())
    crumbs = [("/catalogue/", _("Catalogue")), ("", found.name)]
    context = {"organisation": found, "page": page, "crumbs": crumbs, "nav": "catalogue"}
    return render(request, "site/organisation.html", context)
