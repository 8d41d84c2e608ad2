"""Pages of mail: stopping mails, and the inbox of a site without a mail server."""

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from stoa.kernel.clock import now
from stoa.mail import actions, queries
from stoa.mail.queries import Subscription, UnknownSubscription

_LOCAL = {"localhost", "127.0.0.1", "[::1]", ".localhost"}
_PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")
_SHOWN = 50


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
