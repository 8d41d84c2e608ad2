"""Shows every page in the language and time zone of whoever is signed in."""

from collections.abc import Callable
from contextlib import nullcontext
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

ZONE_COOKIE = "zone"


class PreferencesMiddleware:
    """One look at the person, whom the page loads anyway; visitors without a session cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the visitor's language and time zone."""
        name = request.COOKIES.get(ZONE_COOKIE, "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            name = request.user.time_zone
            if request.user.language in dict(settings.LANGUAGES):
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = request.user.language
        zone = _zone(name)
        with timezone.override(zone) if zone else nullcontext():
            return self.get_response(request)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
