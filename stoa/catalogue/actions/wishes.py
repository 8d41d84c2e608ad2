"""Wishes: courses that people ask for."""

from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Wish, Wished
from stoa.catalogue.rules.wishes import wish_key

LONGEST = 120


class WishRefused(Exception):
    """Say in up to 120 signs what you would like to learn, with at least one word."""


@transaction.atomic
def wish(*, words: str, by: Person, at: datetime) -> Wish:
    """Ask for a course; asking again, or for the same in other words' order, adds nothing."""
    short = " ".join(words.split())
    key = wish_key(short)
    if not key or len(short) > LONGEST:
        raise WishRefused
    wanted, _ = Wish.objects.get_or_create(key=key, defaults={"words": short, "first_at": at})
    Wished.objects.get_or_create(wish=wanted, person=by, defaults={"at": at})
    return wanted


@transaction.atomic
def unwish(*, wish: Wish, by: Person) -> None:
    """Take the wish back; a wish that nobody has any more goes."""
    Wished.objects.filter(wish=wish, person=by).delete()
    Wish.objects.filter(pk=wish.pk, wished__isnull=True).delete()
