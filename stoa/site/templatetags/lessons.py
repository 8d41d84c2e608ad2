"""Tags of lesson pages."""

from django import template
from django.utils.translation import get_language_info, gettext

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """A language by its name, or by its code where Django knows no name for it."""
    for known in (code.lower(), code.partition("-")[0].lower()):
        try:
            return gettext(str(get_language_info(known)["name"]))
        except KeyError:
            continue
    return code
