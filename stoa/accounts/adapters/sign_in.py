"""allauth in Stoa's ways: its mails leave through the outbox, its redirects stay on this site."""

import hashlib
import logging
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.forms import BaseForm, ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stoa.accounts import actions, queries
from stoa.accounts.actions import Limit
from stoa.accounts.events import Joined
from stoa.accounts.models import Person
from stoa.accounts.rules import addresses
from stoa.kernel.bus import publish
from stoa.kernel.clock import now
from stoa.mail.actions import post

log = logging.getLogger(__name__)

# Nobody's mailbox is flooded from here, however many machines ask for codes.
MAILS = Limit(name="security mails", burst=10, every=timedelta(minutes=5))


class SignIn(DefaultAccountAdapter):
    """What Stoa does otherwise than allauth."""

    error_messages: dict[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "That password and address do not fit together. Nothing is locked: try again, or get a code."
        ),
        "too_many_login_attempts": _(
            "That was tried too often. Nothing is locked: wait five minutes, or get a code by mail."
        ),
        "rate_limited": _("That was too often. Wait a little and try again."),
    }

    def clean_email(self, email: str) -> str:
        """The address in the one spelling under which it is kept."""
        try:
            return addresses.tidy(super().clean_email(email))
        except addresses.AddressRefused as refused:
            raise ValidationError(_("Write the address like name@example.org.")) from refused

    @transaction.atomic
    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002 -- allauth's own signature
    ) -> AbstractBaseUser:
        """Keep a newcomer with name, language and time zone, and announce them."""
        if not isinstance(user, Person):
            raise TypeError("AUTH_USER_MODEL is accounts.Person.")
        user.display_name = form.cleaned_data.get("display_name") or user.display_name
        user.time_zone = form.cleaned_data.get("time_zone") or "UTC"
        user.language = get_language() or ""
        saved = super().save_user(request, user, form, commit)
        if commit:
            publish(Joined(person_id=saved.pk))
        return saved

    def is_safe_url(self, url: str) -> bool:
        """True for pages of this very host."""
        secure = self.request.is_secure()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()}, require_https=secure)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Write the mail into the outbox. Its words hold no address that a request could have made up."""
        at, kind = now(), template_prefix.rpartition("/")[2]
        # allauth hands on what was typed: a look-alike that it found somebody by must not be where the mail goes.
        email = self.clean_email(email)
        try:
            actions.spend(limit=MAILS, key=hashlib.sha256(email.encode()).hexdigest(), at=at)
        except actions.TooOften:
            log.warning("Somebody asked for many security mails to one address; this one (%s) is not sent.", kind)
            return
        words = {**context, "email": email, "site": settings.SITE_NAME, "home": settings.SITE_URL}
        subject = render_to_string(f"{template_prefix}_subject.txt", words)
        person = queries.person_with(email)
        post(
            kind=kind,
            to=email,
            person_id=person.pk if person else None,
            subject=" ".join(subject.split()),
            text=render_to_string(f"{template_prefix}_message.txt", words),
            key=f"{kind} {uuid4()}",
            security=True,
            why=_why(kind),
            at=at,
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody tried to join with it again."""
        context: dict[str, object] = {
            "sign_in_url": settings.SITE_URL + reverse("account_login"),
            "password_reset_url": settings.SITE_URL + reverse("account_reset_password"),
        }
        self.send_mail("account/email/account_already_exists", email, context)


def _why(kind: str) -> str:
    if kind in {"email_confirmation", "email_confirmation_signup"}:
        return str(_("You get this mail because somebody gave this address to %s.") % settings.SITE_NAME)
    return str(_("You get this mail because it concerns the safety of your account at %s.") % settings.SITE_NAME)
