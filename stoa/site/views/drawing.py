"""Whole pages that are drawn once and filled for each reader."""

from collections.abc import Hashable, Mapping

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stoa import __version__
from stoa.accounts.models import Person
from stoa.site.queries.stencils import drawn, stencil
from stoa.site.rules.preferences import look_of
from stoa.site.templatetags.stoa import menu_of


def filled_page(
    request: HttpRequest, template: str, *, csrf: str, own: Mapping[str, SafeString], **values: Hashable
) -> HttpResponse:
    """A page whose template sees only these values; what is the reader's own goes into its holes."""
    holes = {"account": _account(request, csrf), "says": _says(request), **own}
    page = stencil(
        template,
        tuple(holes),
        look=look_of(request.COOKIES),
        zone_known=bool(request.COOKIES.get("zone")),
        stoa_version=__version__,
        **values,
    )
    return HttpResponse(page.filled(holes))


def _account(request: HttpRequest, csrf: str) -> SafeString:
    person = request.user
    return menu_of(person, csrf) if isinstance(person, Person) else drawn("site/partials/_sign_in.html")


def _says(request: HttpRequest) -> SafeString:
    """What happened, told once."""
    told = list(get_messages(request))
    return render_to_string("site/partials/_messages.html", {"messages": told}) if told else _silence()


def _silence() -> SafeString:
    return drawn("site/partials/_messages.html")
