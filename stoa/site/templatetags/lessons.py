"""Tags of lesson pages."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language_info, gettext

from stoa.courseware.queries import Progress
from stoa.site.queries import pillars

register = template.Library()


MINUTES_AN_HOUR = 60


@register.filter
def duration(minutes: float) -> str:
    """Minutes as one says them: 40 min, 1.5 h, 15 h."""
    if minutes < MINUTES_AN_HOUR:
        return gettext("%(minutes)s min") % {"minutes": round(minutes)}
    hours = round(minutes / MINUTES_AN_HOUR * 2) / 2
    return gettext("%(hours)s h") % {"hours": number_format(hours, 0 if hours == int(hours) else 1)}


@register.filter
def steps_done(progress: Progress) -> str:
    """How far a learner is, in words."""
    return pillars.steps_done(progress)


@register.filter
def language_name(code: str) -> str:
    """A language by its name, or by its code where Django knows no name for it."""
    for known in (code.lower(), code.partition("-")[0].lower()):
        try:
            return gettext(str(get_language_info(known)["name"]))
        except KeyError:
            continue
    return code
