"""Guessing passwords from many places at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from stoa.accounts.tests.makers import PASSWORD, a_learner


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_get_no_more_tries_than_one_after_another() -> None:
    cache.clear()
    a_learner(email="ada@post.example", password=PASSWORD)

    def guess(number: int) -> bool:
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        try:
            answer = client.post("/accounts/login/", {"login": "ada@post.example", "password": f"guess {number} of 32"})
            return "do not fit together" in answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=12) as pool:
        tried = list(pool.map(guess, range(32)))

    assert 1 <= sum(tried) <= 5
