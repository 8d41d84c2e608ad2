"""Says who is signed in, and shows every page in their language and time zone."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from stoa.accounts.models import Person

ZONE_COOKIE = "zone"


class PersonMiddleware(AuthenticationMiddleware):
    """Django's `request.user`, without a query of its own: the session brought the person along."""

    def process_request(self, request: HttpRequest) -> None:
        """Whoever is signed in, once somebody asks."""
        super().process_request(request)
        request.user = cast("Person", SimpleLazyObject(lambda: _believed(request) or get_user(request)))


def _believed(request: HttpRequest) -> Person | None:
    """The session's person, if all that Django checks holds; else Django itself decides."""
    kept = request.session
    number, backend = kept.get(auth.SESSION_KEY), kept.get(auth.BACKEND_SESSION_KEY)
    person: Person | None = getattr(kept, "person", None)
    if person is None or str(person.pk) != number or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    fits = constant_time_compare(kept.get(auth.HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    return person if fits and person.is_active else None


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
