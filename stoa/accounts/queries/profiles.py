"""What people said about themselves."""

from stoa.accounts.models import Person, Profile


def profile_of(person: Person) -> Profile:
    """The person's profile; an empty one where they said nothing."""
    return Profile.objects.filter(person=person).first() or Profile(person=person)


def said_by(person: Person) -> dict[str, str | int]:
    """What the person said, by field, without what is empty."""
    profile = profile_of(person)
    names = [field.name for field in Profile._meta.concrete_fields if field.name != "person"]  # noqa: SLF001 -- Django's own name for it
    return {name: value for name in names if (value := getattr(profile, name))}
