"""What every page of the site may show."""

from django.http import HttpRequest

from stoa import __version__
from stoa.site.rules.preferences import Look, look_of


def site(request: HttpRequest) -> dict[str, str | Look]:
    """The visitor's look and Stoa's version."""
    return {"look": look_of(request.COOKIES), "stoa_version": __version__}
