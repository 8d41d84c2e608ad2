"""Pages of the catalogue's own: wishes."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.accounts.actions import Limit, TooOften, asker, spend
from stoa.accounts.models import Person
from stoa.catalogue import actions, queries
from stoa.catalogue.forms import WishForm
from stoa.kernel.clock import now

WISHING = Limit(name="wishing", burst=20, every=timedelta(seconds=30))


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """What people ask for, and the form to ask."""
    form = WishForm(request.POST or None, initial={"words": request.GET.get("words", "")[:120]})
    if isinstance(request.user, Person) and form.is_valid():
        try:
            spend(limit=WISHING, key=asker(request), at=now())
            actions.wish(words=form.cleaned_data["words"], by=request.user, at=now())
        except actions.WishRefused as refused:
            form.add_error("words", str(refused.__doc__))
        except actions.WisherTooYoung:
            form.add_error(None, _("Wishes are read by everybody: a parent or guardian has to agree first."))
            return _page(request, form, status=403)
        except TooOften as too_often:
            form.add_error(None, _slowly(too_often))
            return _page(request, form, status=429)
        else:
            messages.success(request, _("Your wish is counted. Authors see it."))
            return HttpResponseRedirect("/wishes/")
    return _page(request, form, status=200)


@login_required
@require_POST
def withdrawal(request: HttpRequest, wish: int) -> HttpResponse:
    """Take a wish back."""
    assert isinstance(request.user, Person)  # noqa: S101 -- for the type checker: a login is required above
    actions.unwish(wish=queries.wish_for(wish), by=request.user)
    return HttpResponseRedirect("/wishes/")


def _page(request: HttpRequest, form: WishForm, *, status: int) -> HttpResponse:
    rows = queries.wishes_for(request.user)
    return render(request, "catalogue/wishes.html", {"form": form, "wishes": rows, "nav": "catalogue"}, status=status)


def _slowly(too_often: TooOften) -> str:
    return _("That was too often. Wait %(seconds)s seconds and send it again; your words are kept here.") % {
        "seconds": too_often.seconds
    }
