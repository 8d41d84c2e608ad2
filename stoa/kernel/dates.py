"""How days and moments are written: in every language, always the same way, in the zone they are in."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import pgettext


def day_in_words(day: date) -> str:
    """A day with its year: 1 Jan 2020."""
    return date_format(day, pgettext("format of a day", "j M Y"))


def moment_in_words(moment: datetime, *, now: datetime) -> str:
    """A moment of this year with its weekday, Sun 22 Nov, 19:42; of another year with that: 1 Jan 2020, 09:00."""
    if moment.year == now.astimezone(moment.tzinfo).year:
        return date_format(moment, pgettext("format of a moment this year", "D j M, H:i"))
    return date_format(moment, pgettext("format of a moment of another year", "j M Y, H:i"))
