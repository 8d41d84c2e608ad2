"""Pages about oneself: preferences, what is kept, leaving."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stoa.accounts import actions, queries
from stoa.accounts.forms.preferences import LeavingForm, PreferencesForm
from stoa.accounts.models import Person
from stoa.kernel.clock import now

_YEAR = 365 * 24 * 3600


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep how somebody wants Stoa to be."""
    person = _person(request)
    form = PreferencesForm(request.POST or None, initial=_chosen(person, request))
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.is_bound else 200)
    chosen = form.cleaned_data
    actions.change_preferences(
        person=person,
        display_name=chosen["display_name"],
        language=chosen["language"],
        time_zone=chosen["time_zone"],
        low_data=chosen["low_data"],
        theme=chosen["theme"],
    )
    messages.success(request, _("Your preferences are kept."))
    response = redirect("preferences")
    for cookie, value in (("theme", chosen["theme"]), ("low_data", "1" if chosen["low_data"] else "")):
        response.set_cookie(cookie, value, max_age=_YEAR, secure=settings.HTTPS, samesite="Lax")
    return response


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What is kept about oneself."""
    return render(request, "accounts/account.html", {"facts": queries.facts_of(_person(request))})


@never_cache
@login_required
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """The same for taking away."""
    response = HttpResponse(queries.facts_of(_person(request)).as_json(), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="stoa-account.json"'
    return response


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: HttpRequest) -> HttpResponse:
    """Delete one's account, after the address was typed once more."""
    person = _person(request)
    form = LeavingForm(request.POST or None, address=person.email)
    if request.method == "POST" and form.is_valid():
        try:
            actions.delete_account(person=person, at=now())
        except actions.LastAdministrator as refused:
            form.add_error(None, str(refused.__doc__))
        else:
            logout(request)
            messages.success(request, _("Your account is deleted. Thank you for having been here."))
            return redirect("/")
    return render(request, "accounts/deletion.html", {"form": form}, status=422 if form.is_bound else 200)


def _person(request: HttpRequest) -> Person:
    person = request.user
    if not isinstance(person, Person):
        raise TypeError("Only who is signed in comes here.")
    return person


def _chosen(person: Person, request: HttpRequest) -> dict[str, str | bool]:
    return {
        "display_name": person.display_name,
        "language": person.language,
        "time_zone": person.time_zone,
        "theme": request.COOKIES.get("theme", person.theme),
        "low_data": person.low_data,
    }
