from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from stoa.kernel.dates import day_in_words, moment_in_words, weekday_in_words

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_day_is_said_with_its_year() -> None:
    assert day_in_words(date(2020, 1, 1)) == "1 Jan 2020"


def test_a_moment_of_this_year_is_said_with_its_weekday() -> None:
    assert moment_in_words(datetime(2026, 11, 22, 19, 42, tzinfo=UTC), now=NOW) == "Sun 22 Nov, 19:42"


def test_a_moment_of_another_year_is_said_with_that() -> None:
    assert moment_in_words(datetime(2020, 1, 1, 9, 0, tzinfo=UTC), now=NOW) == "1 Jan 2020, 09:00"


def test_arabic_names_the_months() -> None:
    with translation.override("ar"):
        assert day_in_words(date(2020, 1, 1)) == "1 يناير 2020"


def test_a_moment_of_these_days_is_said_with_its_hour() -> None:
    assert weekday_in_words(datetime(2026, 11, 22, 19, 42, tzinfo=UTC)) == "Sun 19:42"


def test_one_moment_in_two_zones_is_said_twice() -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    there = moment.astimezone(ZoneInfo("Asia/Tokyo"))

    assert moment == there
    assert moment_in_words(moment, now=NOW) == "Sun 22 Nov, 23:30"
    assert moment_in_words(there, now=NOW) == "Mon 23 Nov, 08:30"


def test_what_was_said_in_one_language_is_said_anew_in_another() -> None:
    moment = datetime(2026, 11, 22, 19, 42, tzinfo=UTC)
    english = moment_in_words(moment, now=NOW)

    with translation.override("ar"):
        assert moment_in_words(moment, now=NOW) != english
