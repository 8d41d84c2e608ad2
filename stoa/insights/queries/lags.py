"""How the machinery does, in words: how old figures are, how soon events are in them, whose data tells places."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.numbers import count, whole_of
from stoa.insights.rules.answers import System
from stoa.insights.rules.rates import Whole

SOON: Final = timedelta(days=1)


def counted(as_of: datetime | None, now: datetime) -> str:
    """4 seconds ago."""
    if as_of is None:
        return _("nothing yet")
    seconds = max(int((now - as_of).total_seconds()), 0)
    if seconds < 60:  # noqa: PLR2004 -- a minute
        return ngettext("%(n)s second ago", "%(n)s seconds ago", seconds) % {"n": seconds}
    if seconds < 3600:  # noqa: PLR2004 -- an hour
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", seconds // 60) % {"n": seconds // 60}
    if seconds < SOON.total_seconds():
        return ngettext("%(n)s hour ago", "%(n)s hours ago", seconds // 3600) % {"n": seconds // 3600}
    return _("up to %(date)s") % {"date": date_format(as_of, "j M Y")}


def lag_in_words(system: System) -> str:
    """The median and the 95th percentile, of how many events; empty where nothing was measured."""
    if system.lag_p50 is None or system.lag_p95 is None or not system.lag_n:
        return ""
    said = {
        "half": count(round(system.lag_p50, 1), 1),
        "most": count(round(system.lag_p95, 1), 1),
        "events": whole_of(system.lag_n, Whole.EVENTS),
    }
    return _("From event to figure: half within %(half)s s, 95 of 100 within %(most)s s (of %(events)s).") % said


def places_in_words(system: System) -> str:
    """By whose data, of what day, addresses have their countries; empty where there is none."""
    if not system.ip_source:
        return ""
    day = system.ip_vintage
    if len(day) == len("20260617") and day.isdecimal():
        day = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    told = {"source": system.ip_source, "day": day or _("unknown day")}
    return _("Countries of addresses by %(source)s, of %(day)s.") % told
