"""Pages of mail: stopping mails, and the inbox of a site without a mail server."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.kernel.clock import now
from stoa.mail import actions, queries
from stoa.mail.queries import Subscription, UnknownSubscription

_LOCAL = {"localhost", "127.0.0.1", "[::1]", ".localhost"}
_PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")
_SHOWN = 50
_DIGITS = 18


# A mail program posts without cookies; the signed address is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscription(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; a POST, from it or from a mail program, ends the mails."""
    subscription = _subscription(token)
    if request.method == "POST":
        actions.unsubscribe(address=subscription.address, kind=subscription.kind, at=now())
    context = {"subscription": subscription, "token": token, "done": request.method == "POST"}
    return render(request, "mail/unsubscription.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Take a wish for no mails back."""
    wanted = _subscription(token)
    actions.resubscribe(address=wanted.address, kind=wanted.kind)
    return render(request, "mail/unsubscription.html", {"subscription": wanted, "token": token, "again": True})


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What was written on a site without a mail server: for its administrator, or for whoever sits at the machine."""
    if settings.SMTP_URL:
        raise Http404
    if request.user.is_active and request.user.is_superuser:
        mails = queries.inbox()
    elif _is_at_this_machine(request):
        mails = queries.inbox_without_staff()
    else:
        raise Http404
    return render(request, "mail/inbox.html", {"mails": mails[:_SHOWN], "shown": _SHOWN})


def _subscription(token: str) -> Subscription:
    try:
        return queries.subscription_in(token)
    except UnknownSubscription as reason:
        raise Http404 from reason


def _is_at_this_machine(request: HttpRequest) -> bool:
    """True where browser and site share a machine, and the site answers to no name but this machine's."""
    if not set(settings.ALLOWED_HOSTS) <= _LOCAL or any(header in request.META for header in _PROXIED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@never_cache
@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What was written to whoever asks, newest first: the same words as in the mails."""
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) <= _DIGITS else None
    found = queries.notices_of(_person(request), before=number, most=_SHOWN + 1)
    shown = found[:_SHOWN]
    context = {
        "notices": shown,
        "older": shown[-1].number if len(found) > _SHOWN else None,
        "newest": shown[0].number if any(one.unread for one in shown) else None,
    }
    return render(request, "mail/notices.html", context)


@login_required
@require_POST
def readings(request: HttpRequest) -> HttpResponse:
    """Mark all notices that were shown as read."""
    newest = request.POST.get("newest", "")
    if newest.isascii() and newest.isdigit() and len(newest) <= _DIGITS:
        actions.read_notices(person_id=_person(request), newest=int(newest), at=now())
    return redirect("notices")


@login_required
@require_POST
def reading(request: HttpRequest, number: int) -> HttpResponse:
    """Mark a notice as read, and lead to where one acts."""
    link = actions.read_notice(person_id=_person(request), number=number, at=now()) if number < 10**_DIGITS else None
    if link is None:
        raise Http404
    return redirect(link if link and "open" in request.POST else "notices")


def _person(request: HttpRequest) -> int:
    return int(request.user.pk or 0)
