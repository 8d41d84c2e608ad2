"""What people say about themselves, and take back."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from stoa.accounts.events import ProfileChanged
from stoa.accounts.models import Guardianship, Person, Profile
from stoa.accounts.rules.ages import needs_guardian
from stoa.kernel.bus import publish

SETTINGS = {
    "gender": "gender",
    "year_of_birth": "year_of_birth",
    "country": "country",
    "education": "level_of_education",
    "teaching": "teacher",
    "subject_taught": "subject_taught",
    "status": "status",
    "motive": "motive",
}
"""Our fields, and what the log calls them: edX's names where edX has the same."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A whole profile; what is empty is not said."""

    gender: str = ""
    gender_words: str = ""
    year_of_birth: int | None = None
    country: str = ""
    education: str = ""
    teaching: str = ""
    subject_taught: str = ""
    status: str = ""
    motive: str = ""


@transaction.atomic
def change_profile(*, person: Person, said: Said, at: datetime) -> None:
    """Keep what somebody says about themselves; the log hears only of what changed."""
    profile = Profile.objects.select_for_update().filter(person=person).first() or Profile(person=person)
    words = said.gender_words.strip() if said.gender == Profile.Gender.OWN_WORDS else ""
    taught = said.subject_taught if said.teaching in {Profile.Teaching.NOW, Profile.Teaching.WAS} else ""
    wanted = {**vars(said), "gender_words": words, "subject_taught": taught}
    changed = [name for name in SETTINGS if getattr(profile, name) != wanted[name]]
    for name, value in wanted.items():
        setattr(profile, name, value)
    profile.save()
    _look_after(person, said.year_of_birth, at)
    for name in changed:
        publish(ProfileChanged(person_id=person.pk, setting=SETTINGS[name], new=wanted[name] or None))


@transaction.atomic
def say_whether_one_teaches(*, person: Person, teaching: str, subject: str = "", at: datetime) -> None:
    """Keep two answers of the profile that were given elsewhere."""
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    now = {name: getattr(profile, name) for name in Said.__dataclass_fields__}
    change_profile(person=person, said=Said(**{**now, "teaching": teaching, "subject_taught": subject}), at=at)


@transaction.atomic
def forget_profile(*, person: Person) -> None:
    """Delete all that somebody said about themselves, here and in the figures."""
    profile = Profile.objects.select_for_update().filter(person=person).first()
    if profile is None:
        return
    said = [name for name in SETTINGS if getattr(profile, name)]
    profile.delete()
    for name in said:
        publish(ProfileChanged(person_id=person.pk, setting=SETTINGS[name], new=None))


def _look_after(person: Person, year_of_birth: int | None, at: datetime) -> None:
    """Whoever is young needs a guardian until they say an age that needs none; saying nothing changes nothing."""
    if year_of_birth is None:
        return
    if needs_guardian(year_of_birth=year_of_birth, today=at.date(), age=settings.AGE_OF_CONSENT):
        Guardianship.objects.get_or_create(person=person, defaults={"since": at})
    else:
        Guardianship.objects.filter(person=person).delete()
