"""Every request is a visit; every page that a visitor opens is an event of the tracking log."""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stoa.accounts.models import Person
from stoa.kernel.tracking import Tracked, Visit, record, visiting
from stoa.site.rules.visits import Answered, is_page_view, told_path


class TrackingMiddleware:
    """Says who is here to all events that the request causes, then records the page view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside a visit."""
        with visiting(_visit(request)):
            response = self.get_response(request)
            if _opened_a_page(request, response):
                record(_page_view(request))
        return response


def _visit(request: HttpRequest) -> Visit:
    meta, key = request.META, request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    # The page shows who is signed in, so that the person is loaded anyway; without a cookie nobody is.
    person = request.user if key else None
    signed_in = isinstance(person, Person)
    return Visit(
        ip=meta.get("REMOTE_ADDR", ""),
        agent=meta.get("HTTP_USER_AGENT", ""),
        host=meta.get("HTTP_HOST", ""),
        # The key itself would let a reader of the log sign in.
        session=sha256(key.encode()).hexdigest()[:32] if key else "",
        referer=told_path(meta.get("HTTP_REFERER", "")),
        accept_language=meta.get("HTTP_ACCEPT_LANGUAGE", ""),
        path=told_path(request.path),
        user_id=person.pk if signed_in and person else None,
        username=person.username if signed_in and person else "",
    )


def _opened_a_page(request: HttpRequest, response: HttpResponse) -> bool:
    answered = Answered(
        method=request.method or "",
        path=request.path,
        status=response.status_code,
        content_type=response.get("Content-Type", ""),
        partial="HX-Request" in request.headers and "HX-Boosted" not in request.headers,
    )
    return is_page_view(answered)


def _page_view(request: HttpRequest) -> Tracked:
    asked = {name: request.GET.getlist(name) for name in request.GET}
    return Tracked(event_type=request.path, event={"GET": asked, "POST": {}})
