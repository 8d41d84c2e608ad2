"""Wishes can't be poured out by a machine."""

import pytest
from django.test import Client

from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.models import Wish

pytestmark = pytest.mark.django_db


def test_whoever_wishes_too_often_waits_and_finds_the_words_again(client: Client) -> None:
    client.force_login(a_learner())

    pages = [client.post("/wishes/", {"words": f"Subject number {n}"}) for n in range(22)]

    assert pages[-1].status_code == 429
    assert 'value="Subject number 21"' in pages[-1].content.decode()
    assert Wish.objects.count() <= 21
