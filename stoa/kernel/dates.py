"""How days and moments are written: in every language, always the same way, in the zone they are in."""

from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext


def day_in_words(day: date) -> str:
    """A day with its year: 1 Jan 2020."""
    return _day(_as_shown(day), get_language() or "")


def moment_in_words(moment: datetime, *, now: datetime) -> str:
    """A moment of this year with its weekday, Sun 22 Nov, 19:42; of another year with that: 1 Jan 2020, 09:00."""
    this_year = moment.year == now.astimezone(moment.tzinfo).year
    return _moment(_as_shown(moment), this_year, get_language() or "")


def weekday_in_words(moment: datetime) -> str:
    """A moment of these days: Sun 19:42."""
    return _weekday(_as_shown(moment), get_language() or "")


def _as_shown(day: date) -> date:
    """What the clock on the wall says: moments of two zones are equal, their words are not."""
    return day.replace(tzinfo=None) if isinstance(day, datetime) else day


@lru_cache(maxsize=4096)
def _day(day: date, language: str) -> str:
    del language
    return date_format(day, pgettext("format of a day", "j M Y"))


@lru_cache(maxsize=4096)
def _moment(moment: date, this_year: bool, language: str) -> str:  # noqa: FBT001 -- a key
    del language
    if this_year:
        return date_format(moment, pgettext("format of a moment this year", "D j M, H:i"))
    return date_format(moment, pgettext("format of a moment of another year", "j M Y, H:i"))


@lru_cache(maxsize=4096)
def _weekday(moment: date, language: str) -> str:
    del language
    return date_format(moment, "D H:i")
