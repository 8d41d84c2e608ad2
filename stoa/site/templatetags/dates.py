"""Filters for days and moments, in the reader's language and zone; `|timezone:` before them names another zone."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stoa.kernel.clock import now
from stoa.kernel.dates import day_in_words, moment_in_words, weekday_in_words

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A day with its year: 1 Jan 2020."""
    return day_in_words(value) if value else ""


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """A day with its hour: Sun 22 Nov, 19:42."""
    return moment_in_words(value, now=now()) if value else ""


@register.filter(expects_localtime=True)
def weekday(value: datetime | None) -> str:
    """A moment of these days: Sun 19:42."""
    return weekday_in_words(value) if value else ""


@register.filter(expects_localtime=True)
def at(value: datetime) -> SafeString:
    """A moment for people and for programs."""
    return format_html('<time datetime="{}">{}</time>', iso(value), moment(value))


@register.filter
def iso(value: datetime) -> str:
    """A moment for programs."""
    return value.isoformat(timespec="seconds")
