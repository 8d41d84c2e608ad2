"""Pages about oneself: preferences, what is kept, leaving."""

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.accounts import actions, queries
from stoa.accounts.adapters.elsewhere import OpenId
from stoa.accounts.forms.guardians import GuardianForm
from stoa.accounts.forms.preferences import LeavingForm, LookForm, PreferencesForm
from stoa.accounts.middleware import ZONE_COOKIE
from stoa.accounts.models import Person
from stoa.kernel.clock import now

_YEAR = 365 * 24 * 3600
ASKING = actions.Limit(name="asking-guardians", burst=3, every=timedelta(hours=8))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep how somebody wants Stoa to be: with the account, and in this browser."""
    person = request.user if isinstance(request.user, Person) else None
    form = _preferences_form(request, person)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.is_bound else 200)
    chosen = form.cleaned_data
    if person:
        actions.change_preferences(person=person, **chosen)
    messages.success(request, _("Your preferences are kept."))
    response = redirect("preferences")
    for cookie, value in _cookies(chosen):
        response.set_cookie(cookie, value, max_age=_YEAR, secure=settings.HTTPS, samesite="Lax")
    return response


@never_cache
def to_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to another site to sign in there."""
    return _elsewhere(OAuth2LoginView, request, provider_id)


@never_cache
@transaction.atomic
def from_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take in somebody who signed in at another site; a new account and its mail are kept together."""
    return _elsewhere(OAuth2CallbackView, request, provider_id)


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
    form = LeavingForm(request.POST if request.method == "POST" else None, address=person.email)
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


@never_cache
@login_required
@require_POST
def guardian_to_ask(request: HttpRequest) -> HttpResponse:
    """Write to the guardian of somebody young."""
    person, form = _person(request), GuardianForm(request.POST)
    if queries.guardianship_of(person) is None:
        raise Http404
    try:
        if form.is_valid():
            actions.spend(limit=ASKING, key=actions.asker(request), at=now())
            actions.ask_guardian(person=person, address=form.cleaned_data["address"], at=now())
            messages.success(request, _("The mail is on its way. You can go on learning meanwhile."))
        else:
            messages.error(request, _("Write the address like name@example.org."))
    except actions.OwnAddress:
        messages.error(request, _("This is your own address. Write that of a parent or guardian."))
    except actions.TooOften as too_often:
        messages.error(request, _("That was too often. Wait %(n)s seconds.") % {"n": too_often.seconds})
    return redirect("/account/about-you/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """What a guardian is asked; only a button answers, never the link alone."""
    try:
        asked = queries.guardianship_by(token)
    except queries.LinkUsed:
        words = _("This link was used already, is too old, or is not whole. A new one can be asked for on the site.")
        return render(request, "accounts/guardian.html", {"words": words}, status=410)
    if request.method != "POST":
        return render(request, "accounts/guardian.html", {"asked": asked})
    answer = actions.agree if request.POST.get("answer") == "yes" else actions.refuse
    answer(guardianship=asked, at=now())
    return render(request, "accounts/guardian.html", {"words": _("Thank you. Your answer is kept.")})


def _elsewhere(
    kind: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        view = kind.adapter_view(OpenId(request, provider_id))  # type: ignore[no-untyped-call]  # allauth's, without types
        answer: HttpResponse = view(request)
    except SocialApp.DoesNotExist as reason:
        raise Http404 from reason
    return answer


def _person(request: HttpRequest) -> Person:
    person = request.user
    if not isinstance(person, Person):
        raise TypeError("Only who is signed in comes here.")
    return person


def _preferences_form(request: HttpRequest, person: Person | None) -> LookForm:
    cookies = request.COOKIES
    if person is None:
        seen = {
            "language": cookies.get(settings.LANGUAGE_COOKIE_NAME, ""),
            "time_zone": cookies.get(ZONE_COOKIE, "UTC"),
            "theme": cookies.get("theme", ""),
            "low_data": cookies.get("low_data") == "1",
        }
        return LookForm(request.POST if request.method == "POST" else None, initial=seen)
    kept = {
        "display_name": person.display_name,
        "language": person.language,
        "reads": person.reads,
        "reads_some": person.reads_some,
        "time_zone": person.time_zone,
        "theme": cookies.get("theme", person.theme),
        "low_data": person.low_data,
    }
    return PreferencesForm(request.POST if request.method == "POST" else None, initial=kept)


def _cookies(chosen: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("theme", chosen["theme"]),
        ("low_data", "1" if chosen["low_data"] else ""),
        (settings.LANGUAGE_COOKIE_NAME, chosen["language"]),
        (ZONE_COOKIE, chosen["time_zone"]),
    ]
