"""People and organisations for tests, made through real actions."""

from datetime import UTC, datetime
from itertools import count

from stoa.accounts import actions
from stoa.accounts.models import Organisation, Person

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "columns-and-a-sun-7"

_number = count(1)


def a_learner(
    name: str = "Ada Okafor",
    *,
    email: str = "",
    time_zone: str = "UTC",
    language: str = "",
    password: str | None = None,
    verified: bool = True,
) -> Person:
    """Somebody with an account; give PASSWORD where the test signs in by form (hashing takes its time)."""
    return actions.create_person(
        email=email or f"learner{next(_number)}@post.example",
        display_name=name,
        password=password,
        verified=verified,
        at=MONDAY,
        language=language,
        time_zone=time_zone,
    )


def an_administrator(name: str = "Noor Haddad") -> Person:
    """Somebody who runs the whole site."""
    return actions.create_administrator(
        email=f"administrator{next(_number)}@post.example", display_name=name, password=PASSWORD, at=MONDAY
    )


def an_organisation(name: str = "Harbour School") -> Organisation:
    """A school that gives courses here."""
    return actions.found_organisation(slug=f"school-{next(_number)}", name=name)


def staff_of(organisation: Organisation, name: str = "Bo Lind") -> Person:
    """Somebody who runs the organisation's courses."""
    person = a_learner(name)
    actions.appoint(organisation=organisation, person=person, at=MONDAY)
    return person
