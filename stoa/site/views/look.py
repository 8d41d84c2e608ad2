"""Language and look: kept in this browser for visitors, with the account for those who have one."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stoa.site.forms.look import LookForm
from stoa.site.rules.preferences import look_of

_YEAR = 365 * 24 * 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Show and keep how a visitor wants to see the site."""
    if request.user.is_authenticated:
        return redirect("preferences")
    now = look_of(request.COOKIES)
    initial = {"language": translation.get_language(), "theme": now.theme, "low_data": now.low_data}
    form = LookForm(request.POST or None, initial=initial)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "site/look.html", {"form": form}, status=422 if form.is_bound else 200)
    return _kept(request, form)


def _kept(request: HttpRequest, form: LookForm) -> HttpResponse:
    chosen = form.cleaned_data
    with translation.override(chosen["language"]):
        messages.success(request, _("Kept in this browser."))
    response = redirect("look")
    for cookie, value in (
        (settings.LANGUAGE_COOKIE_NAME, chosen["language"]),
        ("theme", chosen["theme"]),
        ("low_data", "1" if chosen["low_data"] else ""),
    ):
        response.set_cookie(cookie, value, max_age=_YEAR, secure=settings.HTTPS, samesite="Lax")
    return response
