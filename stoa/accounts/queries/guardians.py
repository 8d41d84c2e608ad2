"""Who is too young to post without a guardian's word, and how far the asking is."""

from datetime import timedelta

from django.core import signing

from stoa.accounts.models import Guardianship, Person

SALT = "stoa.accounts.guardian"
LASTS = timedelta(days=30)


class LinkUsed(Exception):
    """This link was used already, is too old, or is not whole. Ask for a new one."""


def may_post(person: Person) -> bool:
    """False for somebody young whose guardian has not agreed: they write nothing that everybody can read."""
    return not Guardianship.objects.filter(person=person, agreed_at=None).exists()


def guardianship_of(person: Person) -> Guardianship | None:
    """How the asking stands; nothing for those who need no guardian."""
    return Guardianship.objects.filter(person=person).first()


def guardianship_by(token: str) -> Guardianship:
    """What a guardian is asked by this link. Raises LinkUsed."""
    try:
        person_id, key = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError) as reason:
        raise LinkUsed from reason
    asked = Guardianship.objects.select_related("person").filter(person=person_id, key=key).exclude(key="").first()
    if asked is None:
        raise LinkUsed
    return asked
