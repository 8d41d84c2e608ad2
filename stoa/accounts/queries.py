"""Who somebody is, and for which organisations they work."""

from django.db.models import QuerySet

from stoa.accounts.models import Organisation, Person


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
