"""What one may say about oneself: a page of one's account that takes subjects from the catalogue."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stoa.accounts.actions import change_profile, forget_profile
from stoa.accounts.models import Person
from stoa.accounts.queries import guardianship_of, profile_of
from stoa.kernel.clock import now
from stoa.site.forms.profile import ProfileForm, from_profile


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def about_you(request: HttpRequest) -> HttpResponse:
    """Show and keep what somebody says about themselves."""
    person = cast("Person", request.user)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=from_profile(profile_of(person)))
    if request.method == "POST" and form.is_valid():
        change_profile(person=person, said=form.said(), at=now())
        messages.success(request, _("Kept. Thank you for whatever you chose to say."))
        return redirect("about_you")
    context = {"form": form, "guardianship": guardianship_of(person)}
    return render(request, "site/account/about_you.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def removal(request: HttpRequest) -> HttpResponse:
    """Delete all of it."""
    forget_profile(person=cast("Person", request.user))
    messages.success(request, _("All of it is deleted, here and in the figures."))
    return redirect("about_you")
