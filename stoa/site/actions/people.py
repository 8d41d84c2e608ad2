"""Invented people from several countries, the same ones every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from stoa.accounts.actions import change_profile, create_person
from stoa.accounts.models import Person
from stoa.catalogue.queries import subject_names
from stoa.kernel.tracking import happening
from stoa.site.actions.portraits import portrait

DOMAIN = "demo.stoa.example"
"""Addresses under `.example` belong to nobody, so no mail can reach a stranger."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where some of the people live: the country, how names sound there, what they speak, what their clocks say."""

    country: str
    names: str
    language: str
    zone: str
    share: int


HOMES = (
    Home(country="GB", names="en_GB", language="en", zone="Europe/London", share=12),
    Home(country="IN", names="en_IN", language="en", zone="Asia/Kolkata", share=18),
    Home(country="US", names="en_US", language="en", zone="America/Chicago", share=12),
    Home(country="NG", names="yo_NG", language="en", zone="Africa/Lagos", share=12),
    Home(country="KE", names="sw", language="en", zone="Africa/Nairobi", share=8),
    Home(country="EG", names="ar_EG", language="ar", zone="Africa/Cairo", share=8),
    Home(country="MX", names="es_MX", language="en", zone="America/Mexico_City", share=8),
    Home(country="BR", names="pt_BR", language="en", zone="America/Sao_Paulo", share=8),
    Home(country="SN", names="fr_FR", language="en", zone="Africa/Dakar", share=5),
    Home(country="UA", names="uk_UA", language="en", zone="Europe/Kyiv", share=5),
    Home(country="ID", names="id_ID", language="en", zone="Asia/Jakarta", share=4),
)


def people(number: int, *, seed: int, at: datetime) -> Iterator[Person]:
    """So many people; those who are here already are taken as they are."""
    # A new site makes its own two accounts without: it would be a second of its first start.
    from faker import Faker  # noqa: PLC0415 -- see above

    voices = {home: Faker(home.names) for home in HOMES}
    for home, voice in voices.items():
        voice.seed_instance(f"{seed}-{home.names}")
    subjects = list(subject_names().values())
    dice = Random(seed)  # noqa: S311 -- invented people, no secret
    there = {person.email: person for person in Person.objects.filter(email__endswith=f"@{DOMAIN}")}
    for place, home in zip(range(number), _homes(), strict=False):
        email, name = f"learner-{place}@{DOMAIN}", voices[home].name()
        if person := there.get(email):
            yield person
            continue
        with happening(at):
            new = create_person(
                email=email, display_name=name[:80], password=None, at=at, language=home.language, time_zone=home.zone
            )
            said = portrait(dice, country=home.country, year=at.year, subjects=subjects)
            change_profile(person=new, said=said, at=at)
        yield new


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
