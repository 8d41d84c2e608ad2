"""Wishes, and how many people have them."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from stoa.accounts.models import Person
from stoa.catalogue.models import Wish

MOST = 100


@dataclass(frozen=True, kw_only=True)
class WishRow:
    """A wish, how many people have it, and whether the reader is one of them."""

    pk: int
    words: str
    people: int
    mine: bool


def wishes_for(person: Person | AnonymousUser) -> list[WishRow]:
    """The wishes, those of most people first."""
    rows = Wish.objects.annotate(
        people=Count("wished"), of_mine=Count("wished", filter=Q(wished__person=person.pk))
    ).order_by("-people", "words")
    return [WishRow(pk=wish.pk, words=wish.words, people=wish.people, mine=bool(wish.of_mine)) for wish in rows[:MOST]]


def wish_for(pk: int) -> Wish:
    """The wish of this number."""
    return get_object_or_404(Wish, pk=pk)
