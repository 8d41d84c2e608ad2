"""How somebody wants Stoa to be."""

from collections.abc import Sequence
from zoneinfo import available_timezones

from django.db import transaction

from stoa.accounts.events import PreferencesChanged
from stoa.accounts.models import Person
from stoa.accounts.rules import names
from stoa.kernel.bus import publish


class UnknownTimeZone(ValueError):
    """There is no such time zone. Choose one from the list, like Africa/Lagos."""


@transaction.atomic
def change_preferences(
    *,
    person: Person,
    display_name: str,
    language: str,
    time_zone: str,
    low_data: bool,
    theme: str = "",
    reads: Sequence[str] = (),
    reads_some: Sequence[str] = (),
) -> None:
    """Keep the name, languages, time zone, data use and colours that somebody chose."""
    if time_zone not in available_timezones():
        raise UnknownTimeZone
    person.display_name = names.tidy(display_name)
    person.language = language
    person.time_zone = time_zone
    person.low_data = low_data
    person.theme = theme
    person.reads, person.reads_some = list(reads), [tag for tag in reads_some if tag not in reads]
    person.save(update_fields=["display_name", "language", "time_zone", "low_data", "theme", "reads", "reads_some"])
    publish(PreferencesChanged(person_id=person.pk))
