"""How often something may be done, counted over all processes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from stoa.accounts import actions
from stoa.accounts.actions import Limit, TooOften
from stoa.accounts.models import Allowance
from stoa.accounts.tests.makers import MONDAY

POSTS = Limit(name="posts", burst=3, every=timedelta(minutes=1))


def _spent(key: str, after: timedelta = timedelta()) -> bool:
    try:
        actions.spend(limit=POSTS, key=key, at=MONDAY + after)
    except TooOften:
        return False
    return True


@pytest.mark.django_db
def test_three_at_once_then_one_a_minute() -> None:
    minute = timedelta(minutes=1)

    assert [_spent("ada") for _ in range(5)] == [True, True, True, False, False]
    assert _spent("bo")
    assert [_spent("ada", minute), _spent("ada", minute), _spent("ada", 2 * minute)] == [True, False, True]


@pytest.mark.django_db
def test_a_refusal_says_how_long_to_wait() -> None:
    for _ in range(3):
        _spent("ada")

    with pytest.raises(TooOften) as refused:
        actions.spend(limit=POSTS, key="ada", at=MONDAY + timedelta(seconds=20))

    assert refused.value.wait == timedelta(seconds=40)
    assert _spent("ada", timedelta(minutes=1))


@pytest.mark.django_db
def test_spent_allowances_are_forgotten() -> None:
    _spent("ada")

    assert actions.forget_spent_allowances(at=MONDAY) == 0
    assert actions.forget_spent_allowances(at=MONDAY + timedelta(minutes=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_get_more_than_the_limit() -> None:
    def try_once(_number: int) -> bool:
        try:
            return _spent("ada")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=12) as pool:
        got = list(pool.map(try_once, range(48)))

    assert sum(got) == 3


class InAnyOrder(TestCase):
    @given(st.lists(st.integers(min_value=0, max_value=600), max_size=30))
    @settings(max_examples=40, deadline=None)
    def test_no_window_holds_more_than_burst_and_one_for_each_pause(self, seconds: list[int]) -> None:
        Allowance.objects.all().delete()
        done = [moment for moment in sorted(seconds) if _spent("ada", timedelta(seconds=moment))]

        for first in range(len(done)):
            for last in range(first, len(done)):
                assert last - first + 1 <= 3 + (done[last] - done[first]) // 60


@pytest.mark.django_db
def test_counting_waits_for_no_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE oid = 'accounts_allowance'::regclass")
        kept = cursor.fetchone()

    assert kept == ("u",)
