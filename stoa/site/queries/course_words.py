"""What cards and course pages say of a course, in words."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.catalogue.queries import CourseCard, RunDates, State

SIGNS = {"EUR": "€", "GBP": "£", "JPY": "¥", "USD": "$"}


def no_data() -> str:
    """What stands where nobody has measured."""
    return _("no data")


def weeks_and_hours(card: CourseCard) -> str:
    """How long the course takes: what its authors state, else what is estimated from its steps."""
    hours = number_format(round(card.hours_a_week, 1), decimal_pos=None, use_l10n=True)
    length = (
        ngettext("%(n)d week", "%(n)d weeks", card.weeks) % {"n": card.weeks}
        if card.weeks
        else ngettext("%(n)d module", "%(n)d modules", card.modules) % {"n": card.modules}
    )
    if card.hours_stated is not None:
        return _("%(length)s · %(hours)s h a week stated") % {"length": length, "hours": trimmed(hours)}
    if card.weeks:
        return _("%(length)s · %(hours)s h a week estimated") % {"length": length, "hours": trimmed(hours)}
    return _("%(length)s · %(time)s in all, estimated") % {"length": length, "time": time_for(card.minutes)}


def time_for(minutes: float) -> str:
    """A time as people say it: `25 min`, `3.5 h`."""
    if minutes < 60:  # noqa: PLR2004 -- an hour
        return _("%(n)d min") % {"n": max(1, round(minutes))}
    return _("%(hours)s h") % {"hours": trimmed(number_format(round(minutes / 60, 1), use_l10n=True))}


def trimmed(number: str) -> str:
    """A number without an empty fraction: `5` rather than `5.0`."""
    head, sign, tail = number.rpartition("." if "." in number else ",")
    return head if sign and tail == "0" else number


def starts(run: RunDates | None, now: datetime) -> str:
    """When one can start, in the run's own time zone."""
    if run is None or run.any_day(now):
        return ""
    if run.state(now) is State.ENDED:
        return _("Archive")
    if run.starts_at is None:
        return _("Open now")
    day = date_format(run.starts_at.astimezone(ZoneInfo(run.time_zone)), "D j M")
    return day if run.state(now) is State.UPCOMING else _("Since %(day)s") % {"day": day}


def price(run: RunDates | None) -> str:
    """What it costs: learning nothing, the verified track what the run says."""
    if run is None or run.verified_price is None:
        return _("Free")
    return _("Free · verified %(price)s") % {"price": money(run.verified_price, run.currency)}


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency: `€39`."""
    whole = trimmed(f"{amount:.2f}".removesuffix("0")) if amount % 1 == 0 else f"{amount:.2f}"
    return f"{SIGNS.get(currency, f'{currency} ')}{whole}"


def captions(languages: tuple[str, ...]) -> str:
    """The languages of the captions, short: `EN ES AR`."""
    return " ".join(language.upper() for language in languages)


def level(name: str) -> str:
    """A level in words."""
    return {"beginner": _("Beginner"), "intermediate": _("Intermediate"), "advanced": _("Advanced")}.get(name, "")
