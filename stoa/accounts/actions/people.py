"""People come and go."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from stoa.accounts.events import Joined, Left
from stoa.accounts.models import Person
from stoa.accounts.rules import addresses, names
from stoa.kernel.bus import publish
from stoa.mail.actions import forget_person


class AddressTaken(Exception):
    """Somebody has an account with this address already. Sign in, or use another address."""


@transaction.atomic
def create_person(
    *,
    email: str,
    display_name: str,
    password: str | None,
    at: datetime,
    verified: bool = True,
    language: str = "",
    time_zone: str = "UTC",
) -> Person:
    """Make an account that may sign in at once, or after a mail was answered where the address is not verified."""
    address = addresses.tidy(email)
    if Person.objects.filter(email=address).exists():
        raise AddressTaken
    person = Person(
        email=address,
        display_name=names.tidy(display_name),
        joined_at=at,
        language=language,
        time_zone=time_zone,
    )
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=verified)
    publish(Joined(person_id=person.pk))
    return person


@transaction.atomic
def create_administrator(*, email: str, display_name: str, password: str, at: datetime) -> Person:
    """Make an account that may do everything on this site."""
    person = create_person(email=email, display_name=display_name, password=password, at=at)
    person.is_staff = person.is_superuser = True
    person.save(update_fields=["is_staff", "is_superuser"])
    return person


class LastAdministrator(Exception):
    """You are the only administrator of this site. Make somebody else administrator first."""


@transaction.atomic
def delete_account(*, person: Person, at: datetime) -> None:
    """Delete the account and everything that belongs to nobody but this person."""
    if person.is_superuser:
        others = Person.objects.select_for_update().filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
        if not list(others):
            raise LastAdministrator
    publish(Left(person_id=person.pk))
    forget_person(person_id=person.pk, at=at)
    person.delete()
