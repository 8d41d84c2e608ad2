"""Who somebody is, and for which organisations they work."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from stoa.accounts.models import Organisation, Person
from stoa.accounts.queries.guardians import guardianship_of
from stoa.accounts.queries.profiles import said_by
from stoa.mail.queries import MailFact, mails_to


def may_staff(person: Person, organisation: Organisation) -> bool:
    """True where the person runs this organisation's courses, or the whole site."""
    return organisations_of(person).filter(pk=organisation.pk).exists()


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations whose courses the person runs; all of them for who runs the site."""
    everywhere = Organisation.objects.order_by("name", "pk")
    if not person.is_active or person.is_anonymous:
        return everywhere.none()
    return everywhere if person.is_superuser else everywhere.filter(staff__person=person)


def person_with(address: str) -> Person | None:
    """The person who signs in with this address."""
    return Person.objects.filter(email=address.strip().lower()).first()


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """All that this room and the outbox keep about somebody."""

    display_name: str
    address: str
    address_verified: bool
    joined_at: datetime
    last_sign_in: datetime | None
    language: str
    time_zone: str
    low_data: bool
    profile: dict[str, str | int]
    guardian: str
    staff_of: list[str]
    passkeys_and_codes: list[str]
    signs_in_with: list[str]
    mails: list[MailFact]

    def as_json(self) -> str:
        """The facts for a download."""
        return json.dumps(asdict(self), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def facts_of(person: Person) -> AccountFacts:
    """What is kept about the person, as the person may see it."""
    organisations = Organisation.objects.filter(staff__person=person).order_by("name")
    return AccountFacts(
        display_name=person.display_name,
        address=person.email,
        address_verified=EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists(),
        joined_at=person.joined_at,
        last_sign_in=person.last_login,
        language=person.language,
        time_zone=person.time_zone,
        low_data=person.low_data,
        profile=said_by(person),
        guardian=asked.address if (asked := guardianship_of(person)) else "",
        staff_of=list(organisations.values_list("name", flat=True)),
        passkeys_and_codes=[str(one) for one in Authenticator.objects.filter(user=person).order_by("pk")],
        signs_in_with=[str(one) for one in SocialAccount.objects.filter(user=person).order_by("pk")],
        mails=mails_to(person.pk),
    )
