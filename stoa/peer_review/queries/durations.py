"""Spans of time as one says them."""

from datetime import timedelta

from django.utils.translation import gettext as _

HOUR = 60
DAY = 24 * HOUR


def in_words(span: timedelta) -> str:
    """4 d 22 h, 5 h 40 min, 12 min: the two largest parts, never below a minute."""
    minutes = max(1, int(span.total_seconds() // 60))
    days, hours, rest = minutes // DAY, minutes % DAY // HOUR, minutes % HOUR
    if days:
        said = [_("%(n)d d") % {"n": days}, _("%(n)d h") % {"n": hours} if hours else ""]
    elif hours:
        said = [_("%(n)d h") % {"n": hours}, _("%(n)d min") % {"n": rest} if rest else ""]
    else:
        said = [_("%(n)d min") % {"n": rest}]
    return " ".join(part for part in said if part)


def in_hours(span: timedelta) -> str:
    """9 h up to two days, then 3 d: the nearest whole part, for figures."""
    hours = span.total_seconds() / 3600
    if hours < 1:
        return _("%(n)d min") % {"n": max(1, round(hours * 60))}
    if hours < 48:  # noqa: PLR2004 -- two days
        return _("%(n)d h") % {"n": round(hours)}
    return _("%(n)d d") % {"n": round(hours / 24)}
