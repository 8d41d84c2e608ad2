from datetime import UTC, date, datetime

from django.utils import translation

from stoa.kernel.dates import day_in_words, moment_in_words

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def test_a_day_is_said_with_its_year() -> None:
    assert day_in_words(date(2020, 1, 1)) == "1 Jan 2020"


def test_a_moment_of_this_year_is_said_with_its_weekday() -> None:
    assert moment_in_words(datetime(2026, 11, 22, 19, 42, tzinfo=UTC), now=NOW) == "Sun 22 Nov, 19:42"


def test_a_moment_of_another_year_is_said_with_that() -> None:
    assert moment_in_words(datetime(2020, 1, 1, 9, 0, tzinfo=UTC), now=NOW) == "1 Jan 2020, 09:00"


def test_arabic_names_the_months() -> None:
    with translation.override("ar"):
        assert day_in_words(date(2020, 1, 1)) == "1 يناير 2020"
