"""Points as people write them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def points(value: float) -> str:
    """Up to two decimals, none where they are nothing, in the language's own way."""
    rounded = round(value, 2)
    places = 0 if rounded == int(rounded) else 1 if round(rounded * 10) == rounded * 10 else 2
    return str(number_format(rounded, places))


@register.filter
def points_plain(value: float) -> str:
    """The same for an SVG: always with a point."""
    return f"{round(value, 2):g}"


@register.filter
def percent(share: float) -> str:
    """A share of 1 in whole percents."""
    return f"{share:.0%}".rstrip("%")
