"""Wishes: courses that people ask for."""

from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.accounts.queries import may_post
from stoa.catalogue.models import Wish, Wished
from stoa.catalogue.rules.wishes import wish_key

LONGEST = 120


class WishRefused(Exception):
    """Say in up to 120 signs what you would like to learn, with at least one word."""


class WisherTooYoung(Exception):
    """Wishes are read by everybody: a parent or guardian has to agree first. Ask them on the page about you."""


@transaction.atomic
def wish(*, words: str, by: Person, at: datetime) -> Wish:
    """Ask for a course; asking again, or for the same in other words' order, adds nothing."""
    if not may_post(by):
        raise WisherTooYoung
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
