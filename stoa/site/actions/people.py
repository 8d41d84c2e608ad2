"""Invented people from several countries, the same ones every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from faker import Faker

from stoa.accounts.actions import create_person
from stoa.accounts.models import Person

DOMAIN = "demo.stoa.example"
"""Addresses under `.example` belong to nobody, so no mail can reach a stranger."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where some of the people live: how names sound there, what they speak, what their clocks say."""

    names: str
    language: str
    zone: str
    share: int


HOMES = (
    Home(names="en_GB", language="en", zone="Europe/London", share=12),
    Home(names="en_IN", language="en", zone="Asia/Kolkata", share=18),
    Home(names="en_US", language="en", zone="America/Chicago", share=12),
    Home(names="yo_NG", language="en", zone="Africa/Lagos", share=12),
    Home(names="sw", language="en", zone="Africa/Nairobi", share=8),
    Home(names="ar_EG", language="ar", zone="Africa/Cairo", share=8),
    Home(names="es_MX", language="en", zone="America/Mexico_City", share=8),
    Home(names="pt_BR", language="en", zone="America/Sao_Paulo", share=8),
    Home(names="fr_FR", language="en", zone="Africa/Dakar", share=5),
    Home(names="uk_UA", language="en", zone="Europe/Kyiv", share=5),
    Home(names="id_ID", language="en", zone="Asia/Jakarta", share=4),
)


def people(number: int, *, seed: int, at: datetime) -> Iterator[Person]:
    """So many people; those who are here already are taken as they are."""
    voices = {home: Faker(home.names) for home in HOMES}
    for home, voice in voices.items():
        voice.seed_instance(f"{seed}-{home.names}")
    there = {person.email: person for person in Person.objects.filter(email__endswith=f"@{DOMAIN}")}
    for place, home in zip(range(number), _homes(), strict=False):
        email, name = f"learner-{place}@{DOMAIN}", voices[home].name()
        yield there.get(email) or create_person(
            email=email, display_name=name[:80], password=None, at=at, language=home.language, time_zone=home.zone
        )


def an_instructor(*, name: str, at: datetime) -> Person:
    """The instructor who announces; the account can't be signed in to before its password is reset."""
    email = f"instructor@{DOMAIN}"
    there = Person.objects.filter(email=email).first()
    return there or create_person(email=email, display_name=name, password=None, at=at)


def _homes() -> Iterator[Home]:
    """Homes by their shares, well mixed."""
    counts = dict.fromkeys(HOMES, 0.0)
    while True:
        for home in HOMES:
            counts[home] += home.share
        fullest = max(HOMES, key=lambda home: counts[home])
        counts[fullest] -= sum(home.share for home in HOMES)
        yield fullest
