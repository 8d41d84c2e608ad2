"""Asking a guardian to agree, and taking the answer."""

import secrets
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from stoa.accounts.models import Guardianship, Person
from stoa.accounts.queries.guardians import SALT
from stoa.accounts.rules import addresses
from stoa.mail.actions import post

MAIL_KIND = "guardian"


class OwnAddress(ValueError):
    """This is the address of this account. Write that of a parent or guardian."""


@transaction.atomic
def ask_guardian(*, person: Person, address: str, at: datetime) -> None:
    """Write to a guardian with a link that works once. Raises OwnAddress, AddressRefused."""
    tidy = addresses.tidy(address)
    if tidy == person.email:
        raise OwnAddress
    asked = Guardianship.objects.select_for_update().get(person=person)
    asked.address, asked.asked_at, asked.key = tidy, at, secrets.token_urlsafe(32)
    asked.agreed_at = asked.refused_at = None
    asked.save()
    token = signing.dumps([person.pk, asked.key], salt=SALT, compress=True)
    link = settings.SITE_URL + reverse("guardian", args=[token])
    post(
        kind=MAIL_KIND,
        to=tidy,
        person_id=None,
        subject=gettext("%(name)s asks for your permission at %(site)s")
        % {"name": person.display_name, "site": settings.SITE_NAME},
        text=render_to_string("accounts/mail/guardian.txt", {"name": person.display_name, "link": link}),
        key=f"guardian-{person.pk}-{asked.key[:12]}",
        why=gettext("You get this mail because somebody gave your address as that of their parent or guardian."),
        at=at,
    )


@transaction.atomic
def agree(*, guardianship: Guardianship, at: datetime) -> None:
    """The guardian agrees; the link is used up."""
    guardianship.key, guardianship.agreed_at, guardianship.refused_at = "", at, None
    guardianship.save(update_fields=["key", "agreed_at", "refused_at"])


@transaction.atomic
def refuse(*, guardianship: Guardianship, at: datetime) -> None:
    """The guardian does not agree; the link is used up."""
    guardianship.key, guardianship.agreed_at, guardianship.refused_at = "", None, at
    guardianship.save(update_fields=["key", "agreed_at", "refused_at"])
