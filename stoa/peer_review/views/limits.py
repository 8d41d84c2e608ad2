"""How often somebody may post here."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stoa.accounts.actions import Limit, TooOften, asker, spend
from stoa.kernel.clock import now

TOO_OFTEN = 429
# The page saves at most once in 0.8 s.
SAVING = Limit(name="hand-in-saving", burst=240, every=timedelta(seconds=0.5))
WRITING = Limit(name="hand-in-writing", burst=60, every=timedelta(seconds=2))
View = Callable[[HttpRequest, str, str, str], HttpResponse]


def at_most(limit: Limit) -> Callable[[View], View]:
    """Posting more often than that is answered with how long to wait; Back leads to what was typed."""

    def around(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
            try:
                spend(limit=limit, key=asker(request), at=now())
            except TooOften as too_often:
                response = render(request, "site/errors/too_often.html", status=TOO_OFTEN)
                response["Retry-After"] = str(too_often.seconds)
                return response
            return view(request, course, run, item)

        return limited

    return around
