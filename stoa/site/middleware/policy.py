"""Every answer says what a browser may load for it: the same words each time, so they are put together once."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PolicyMiddleware:
    """Sets the site's content security policy where an answer has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policy."""
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response
