"""Wishes can't be poured out by a machine."""

import pytest
from django.test import Client

from stoa.accounts.actions import Said, agree, change_profile
from stoa.accounts.queries import guardianship_of
from stoa.accounts.tests.makers import MONDAY, a_learner
from stoa.catalogue.models import Wish

pytestmark = pytest.mark.django_db


def test_whoever_wishes_too_often_waits_and_finds_the_words_again(client: Client) -> None:
    client.force_login(a_learner())

    pages = [client.post("/wishes/", {"words": f"Subject number {n}"}) for n in range(22)]

    assert pages[-1].status_code == 429
    assert 'value="Subject number 21"' in pages[-1].content.decode()
    assert Wish.objects.count() <= 21


@pytest.mark.req("R002")
def test_the_young_wish_once_their_guardian_agrees(client: Client) -> None:
    kit = a_learner("Kit")
    change_profile(person=kit, said=Said(year_of_birth=MONDAY.year - 9), at=MONDAY)
    client.force_login(kit)

    refused = client.post("/wishes/", {"words": "Chess"})
    asked = guardianship_of(kit)
    assert asked is not None
    agree(guardianship=asked, at=MONDAY)
    client.post("/wishes/", {"words": "Chess"})

    assert refused.status_code == 403
    assert "a parent or guardian has to agree first" in refused.content.decode()
    assert list(Wish.objects.values_list("words", flat=True)) == ["Chess"]
