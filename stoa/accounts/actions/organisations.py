"""Organisations and who runs them."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from stoa.accounts.events import StaffAppointed, StaffDismissed
from stoa.accounts.models import Organisation, Person, Staff
from stoa.kernel.bus import publish


@transaction.atomic
def found_organisation(*, slug: str, name: str, about: str = "", url: str = "") -> Organisation:
    """The organisation with this slug; it is made where the site has none yet."""
    facts = {"name": name, "about": about, "url": url}
    return Organisation.objects.get_or_create(slug=slug, defaults=facts)[0]


def organisation_named(name: str) -> Organisation:
    """The organisation of this name, in whatever script it is written; it is made where the site has none yet."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return found_organisation(slug=slugify(name)[:80] or f"organisation-{digest}", name=name[:200])


@transaction.atomic
def appoint(*, organisation: Organisation, person: Person, at: datetime) -> Staff:
    """Make somebody staff of the organisation; doing it twice changes nothing."""
    staff, new = Staff.objects.get_or_create(organisation=organisation, person=person, defaults={"since": at})
    if new:
        publish(StaffAppointed(organisation_id=organisation.pk, person_id=person.pk))
    return staff


@transaction.atomic
def dismiss(*, organisation: Organisation, person: Person) -> None:
    """End somebody's work for the organisation."""
    gone, _ = Staff.objects.filter(organisation=organisation, person=person).delete()
    if gone:
        publish(StaffDismissed(organisation_id=organisation.pk, person_id=person.pk))
